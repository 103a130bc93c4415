import { describe, expect, it } from "vitest";
import { wantsColour } from "../../src/cli/terminal/colour.ts";
import { exitCodeOf } from "../../src/cli/exit-codes.ts";
import { createOutput } from "../../src/cli/terminal/output.ts";
import { AppError } from "../../src/errors.ts";
import { memoryOutput } from "./support/memory-output.ts";

const error = new AppError("not-found", "Nobody has +15550100123.", {
  hint: "Look again.",
  docs: "https://www.twilio.com/docs/api/errors/20404",
  cause: new Error("the cause"),
});

describe("a control character for terminals", () => {
  const bad = "a\u009b31m\u202eb\u2028\u200bc\u001b[2J";

  it.each([false, true])("is escaped, and never printed raw (--json: %j)", (json) => {
    const { output, written } = memoryOutput({ json });
    output.line(bad);
    output.info(bad);
    output.wait(bad)();
    output.event({ bad });
    output.error(new AppError("usage", bad, { hint: bad }));
    expect(written.stdout + written.stderr).toContain("31m");
    expect((written.stdout + written.stderr).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
  });
});

describe("errors", () => {
  it("have one line each for the failure, the fix and the document", () => {
    const { output, written } = memoryOutput({ json: false });
    output.error(error);
    expect(written).toEqual({
      stdout: "",
      stderr:
        "error: Nobody has +155…23.\nhint: Look again.\ndocs: https://www.twilio.com/docs/api/errors/20404\n",
    });
  });

  it("keep each line and its indentation when there are several", () => {
    const { output, written } = memoryOutput({ json: false });
    output.error(
      new AppError("usage", "This is wrong.\nSo is that.", { hint: "Choose:\n  one\n  two\nor none." }),
    );
    expect(written.stderr).toBe(
      "error: This is wrong.\n       So is that.\nhint: Choose:\n  one\n  two\n      or none.\n",
    );
  });

  it("are one JSON object, with the same keys in every case", () => {
    const { output, written } = memoryOutput({ json: true });
    output.error(new AppError("timeout", "Too late."));
    expect(JSON.parse(written.stderr)).toEqual({
      error: { category: "timeout", message: "Too late.", hint: null, docs: null },
    });
  });

  it("show their causes with --debug", () => {
    const { output, written } = memoryOutput({ json: false, debug: true });
    output.error(error);
    expect(written.stderr).toMatch(/\n {4}at .*\ncaused by Error: the cause\n/s);
    expect(written.stderr).not.toContain("5550100123");
  });

  it.each([
    ["internal", 1],
    ["usage", 2],
    ["not-found", 3],
    ["conflict", 3],
    ["auth", 4],
    ["network", 5],
    ["timeout", 6],
  ] as const)("of the category %s exit with %i", (category, code) => expect(exitCodeOf(category)).toBe(code));
});

describe("output", () => {
  it("puts data on stdout and messages on stderr", () => {
    const { output, written } = memoryOutput({ json: false });
    output.line("data");
    output.info("talk");
    output.event({ event: "x" });
    expect(written).toEqual({ stdout: "data\n", stderr: "talk\n" });
  });

  it("has only JSON objects with --json", () => {
    const { output, written } = memoryOutput({ json: true });
    output.line("data");
    output.info("talk");
    output.event({ event: "x" });
    expect(written).toEqual({ stdout: '{"event":"x"}\n', stderr: "" });
  });
});

it.each([
  ["a terminal", true, {}, true],
  ["a pipe", false, {}, false],
  ["a terminal that can do nothing", true, { TERM: "dumb" }, false],
  ["NO_COLOR", true, { NO_COLOR: "1" }, false],
  ["an empty NO_COLOR, which does not count", true, { NO_COLOR: "" }, true],
  ["a pipe with FORCE_COLOR", false, { FORCE_COLOR: "1" }, true],
  ["a pipe with FORCE_COLOR=", false, { FORCE_COLOR: "" }, false],
  ["FORCE_COLOR=0", true, { FORCE_COLOR: "0" }, false],
  ["both", true, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
])("colour for %s", (_name, isTerminal, env, wanted) => expect(wantsColour(isTerminal, env)).toBe(wanted));

describe("a message at a terminal", () => {
  const wrapped = (columns: number, isTTY = true): string => {
    let text = "";
    const stderr = { write: (more: string) => (text += more), isTTY, columns };
    const stdout = { write: () => true };
    const output = createOutput({ stdout, stderr, env: { NO_COLOR: "1" }, json: false, debug: false });
    output.info("It is said in words that stay whole: https://console.twilio.com/a/long/address");
    output.error(
      new AppError("usage", "This is wrong.", { hint: "Type these three words,\n  or these indented ones." }),
    );
    return text;
  };

  it("is wrapped between words, and indented below its beginning", () => {
    expect(wrapped(24)).toBe(
      [
        "It is said in words that",
        "stay whole:",
        "https://console.twilio.com/a/long/address",
        "error: This is wrong.",
        "hint: Type these three",
        "      words,",
        "  or these",
        "  indented ones.",
        "",
      ].join("\n"),
    );
  });

  it("is not wrapped elsewhere", () => expect(wrapped(24, false).split("\n")).toHaveLength(5));
});
