import { describe, expect, it } from "vitest";
import { numberCli } from "./support/number-cli.ts";

describe("warm-transfer number refuses", () => {
  it.each(["show", "set", "reset"])("number %s: a token of another account", async (command) => {
    const { run } = await numberCli(undefined, { TWILIO_AUTH_TOKEN: "0".repeat(32) });
    const { code, stderr } = await run(command);
    expect([code, stderr]).toEqual([4, expect.stringContaining("auth token")]);
    expect(stderr).not.toContain("0".repeat(32));
  });

  it.each(["show", "set", "reset"])("number %s: a number of another account", async (command) => {
    const { run } = await numberCli();
    const { code, stderr } = await run(command, "--number", "+15550999999");
    expect([code, stderr]).toEqual([3, expect.stringContaining("does not own this number")]);
    expect(stderr).not.toContain("+15550999999");
  });

  it.each(["show", "set", "reset"])("number %s: no way to Twilio", async (command) => {
    const { emulator, run } = await numberCli();
    await emulator.close();
    expect(await run(command)).toMatchObject({
      code: 5,
      stderr: expect.stringContaining("cannot be reached"),
    });
  });

  it.each([
    [503, 5],
    [429, 1],
  ] as const)("Twilio answers %d: exit %d, and what to do", async (answer, code) => {
    const { emulator, run } = await numberCli();
    emulator.faults.add({ rest: "*", times: 99, answer });
    const hint = expect.stringMatching(/(^|\n)error: .*\nhint: Wait a moment and try again/) as string;
    expect(await run("show")).toMatchObject({ code, stdout: "", stderr: hint });
  });

  it.each(["show", "set", "reset"])("number %s: no answer from Twilio within --timeout", async (command) => {
    const { emulator, run } = await numberCli();
    emulator.faults.add({ rest: "*", times: 99, delayMs: 60_000 });
    expect(await run(command, "--timeout", "1s")).toMatchObject({
      code: 6,
      stderr: expect.stringMatching(/^error: .*in time.*\nhint: .*--timeout/m),
    });
  });

  it("an API address that is neither Twilio's nor on this machine", async () => {
    const { run } = await numberCli(undefined, { TWILIO_API_BASE_URL: "http://twilio.example.com" });
    expect(await run("show")).toMatchObject({ code: 2, stderr: expect.stringContaining("this machine") });
  });

  it.each([
    [["show", "--number", "555"], "Pass an E.164 number"],
    [["set", "--no-such"], "--no-such"],
    [["toggle"], "toggle"],
    [[], "No command was given"],
  ])("wrong usage: number %j", async (words, sentence) => {
    const { run } = await numberCli();
    expect(await run(...words)).toMatchObject({ code: 2, stderr: expect.stringContaining(sentence) });
  });

  it("a token with a line break", async () => {
    const { run } = await numberCli(undefined, { TWILIO_AUTH_TOKEN: "secret\n" });
    const { code, stderr } = await run("show");
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("TWILIO_AUTH_TOKEN starts or ends with a space or a line break"),
    ]);
  });
});
