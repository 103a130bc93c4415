import { describe, expect, it } from "vitest";
import { runCli } from "./support/run-cli.ts";
import { SLOW } from "./support/slow.ts";

describe("wrong usage", SLOW, () => {
  it.each([
    [["sandbx"], "Unknown command 'sandbx'."],
    [["sandbox", "--prt", "1"], "Unknown option '--prt'"],
    [["sandbox", "--port", "abc"], "Pass a port from 0"],
    [["sandbox", "--port", "65536"], "Pass a port from 0"],
    [["sandbox", "--port", "-1"], "Pass a port from 0"],
    [["sandbox", "--port"], "argument missing"],
    [["sandbox", "--agents", "anna,b b"], '"b b" cannot be an agent'],
    [["sandbox", "--agents", "anna,"], '"" cannot be an agent'],
    [["sandbox", "--agents", "anna,ben,anna"], "anna is listed twice"],
    [["sandbox", "--language", "fr"], "Allowed choices are en, ja"],
    [["sandbox", "now"], "Too many arguments"],
    [["sandbox", "--play", "warm-transfer", "--agents", "anna"], "warm-transfer needs 2 agents."],
    [["emulator", "--number", "555"], "Pass an E.164 number: + and the country code"],
    [["emulator", "--voice-url", "voice"], "Pass a URL that starts with http"],
    [["--json"], "No command was given."],
  ])("%j: exit 2 and a sentence on stderr, nothing on stdout", async (args, sentence) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(sentence);
    expect(stderr).toContain("hint");
    expect(stderr).not.toContain("    at ");
  });

  it.each([
    [
      ["transfer"],
      "No command was given: start, complete, bring-together, swap, cancel.",
      "warm-transfer transfer --help shows what each one does.",
    ],
    [
      ["history", "--since", "x", "--json"],
      "'x' is not valid for --since <when>. Pass a duration, as in 30m, 1h or 2d, or a date, as in 2026-01-31.",
      "warm-transfer history --help shows how it is used.",
    ],
    [
      ["agents", "add", "a b"],
      "'a b' is not valid for <id>. An agent's id is 1 to 121 letters, digits and underscores.",
      "warm-transfer agents add --help shows how it is used.",
    ],
    [
      ["--debug"],
      "No command was given.",
      expect.stringMatching(/^warm-transfer --help shows every command/),
    ],
  ])("names the fault and the help of that command: %j", async (args, message, hint) => {
    const { stderr } = await runCli([...args, "--json"]);
    expect(JSON.parse(stderr)).toEqual({
      error: expect.objectContaining({ category: "usage", message, hint }) as object,
    });
  });

  it("suggests the nearest command", async () => {
    const { stderr } = await runCli(["emulater"]);
    expect(stderr).toBe("error: Unknown command 'emulater'.\nhint: Did you mean emulator?\n");
  });

  it("is one object on stderr with --json", async () => {
    const { code, stdout, stderr } = await runCli(["sandbox", "--agents", "a-b", "--json"]);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    const { error } = JSON.parse(stderr) as { error: Record<string, unknown> };
    expect(error).toEqual({
      category: "usage",
      message: expect.stringContaining('"a-b" cannot be an agent') as string,
      hint: expect.any(String) as string,
      docs: null,
    });
  });

  it("shows a stack trace with --debug only", async () => {
    expect((await runCli(["sandbx", "--debug"])).stderr).toMatch(/\n {4}at /);
  });

  it.each([[["sandbox", "--play", "waltz"]], [["sandbox", "--play"]]])(
    "lists the scenarios when the name is unknown: %j",
    async (args) => {
      const { code, stderr } = await runCli(args);
      expect(code).toBe(2);
      for (const name of ["warm-transfer", "declined", "no-agent", "customer-gives-up"])
        expect(stderr).toMatch(new RegExp(`^ {2}${name} +\\S`, "m"));
    },
  );
});
