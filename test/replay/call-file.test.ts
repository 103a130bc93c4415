import { describe, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import { readCallFile } from "../../src/replay/call-file.ts";

const CALL = `CA${"1".repeat(32)}`;
const FILE = {
  format: "local-twilio-call",
  version: 1,
  emulator: "0.1.0",
  call: CALL,
  steps: [{ at: 1, kind: "event-said", text: "Hello" }],
};

function errorOf(value: unknown): AppError {
  try {
    readCallFile(typeof value === "string" ? value : JSON.stringify(value), "call.json");
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error("It was read.");
}

describe("the file of a call", () => {
  it("is read with its steps, and with fields that a later emulator adds", () => {
    const later = { ...FILE, colour: "red", steps: [{ ...FILE.steps[0], taste: "sweet" }] };
    expect(readCallFile(JSON.stringify(later), "call.json").steps).toHaveLength(1);
  });

  it.each([
    ["is no JSON", "<html>", "call.json is not JSON."],
    ["is a list", [], "call.json is not a call that the emulator has saved."],
    ["is something else", { format: "har" }, "call.json is not a call that the emulator has saved."],
    ["is newer", { ...FILE, version: 2 }, "call.json has version 2, and this release reads version 1."],
    ["has no steps", { ...FILE, steps: [] }, /^call\.json is damaged at steps: /],
    [
      "has a broken step",
      { ...FILE, steps: [{ at: "now", kind: "webhook" }] },
      /^call\.json is damaged at steps\.0/,
    ],
    ["names no call", { ...FILE, call: "mine" }, /^call\.json is damaged at call: /],
  ])("is refused with the reason and a hint when it %s", (_, value, message) => {
    const error = errorOf(value);
    expect(error.category).toBe("usage");
    expect(error.message).toMatch(message);
    expect(error.hint).toBeDefined();
  });
});
