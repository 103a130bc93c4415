import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runCli } from "./support/run-cli.ts";
import { SLOW } from "./support/slow.ts";

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

describe("help", SLOW, () => {
  it.each([[["--help"]], [["help"]], [[]]])("goes to stdout, with the examples first: %j", async (args) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^Examples:\n {2}\$ warm-transfer sandbox /);
    expect(stdout).toContain("Usage: warm-transfer [options] [command]");
  });

  it.each(["sandbox", "emulator"])(
    "of %s has examples and the options that all commands have",
    async (command) => {
      const { code, stdout } = await runCli([command, "--help"]);
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Examples:\\n {2}\\$ warm-transfer ${command}`));
      expect(stdout).toMatch(/--port <number>.*\(default: /s);
      expect(stdout).toMatch(/Global Options:.*--json.*--debug/s);
    },
  );

  it("fits into 80 columns where the width is unknown, except for the examples", async () => {
    const { stdout } = await runCli(["sandbox", "--help"]);
    const rest = stdout.split("\n").filter((line) => !line.startsWith("  $"));
    expect(rest.filter((line) => line.length > 80)).toEqual([]);
  });

  it("--version prints the version of package.json", async () => {
    for (const flag of ["--version", "-v"])
      expect(await runCli([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});

describe("colour", SLOW, () => {
  it("is off when stdout is not a terminal", async () => {
    expect((await runCli(["--help"])).stdout).not.toContain("\u001b[");
  });

  it("is on when it is forced; NO_COLOR has precedence", async () => {
    const forced = { FORCE_COLOR: "1" };
    expect((await runCli(["--help"], { env: forced })).stdout).toContain("\u001b[1mExamples:");
    expect((await runCli(["--help"], { env: { ...forced, NO_COLOR: "1" } })).stdout).not.toContain("\u001b[");
  });
});
