import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FAILURE_REASONS, failureSteps } from "../../src/config/config.ts";
import { configOf, loadSettings } from "../../src/config/load.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const allAre = (step: string) => Object.fromEntries(FAILURE_REASONS.map((why) => [why, step]));
const SOME = { busy: "queue", cancelled: "hang-up" };

async function configFrom(json: object) {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "warm-transfer.json"), JSON.stringify(json));
  return configOf(await loadSettings({ cwd, env: {} }));
}

describe("what comes after a failed transfer", () => {
  it.each([
    ["nothing is set", {}, {}],
    ["one word stands for every reason", { afterFailure: "queue" }, allAre("queue")],
    [
      "voicemail for one reason",
      { afterFailure: { "no-answer": "voicemail" } },
      { "no-answer": "voicemail" },
    ],
    ["reasons are named", { afterFailure: { busy: "queue", cancelled: "hang-up" } }, SOME],
  ])("%s", async (_, json, expected) => {
    const { afterFailure } = await configFrom(json);
    expect(failureSteps(afterFailure)).toEqual({ ...allAre("return"), ...expected });
  });

  it.each([
    [{ afterFailure: "mailbox" }, 'afterFailure must be "return", "queue", "voicemail" or "hang-up", or one'],
    [{ afterFailure: { busy: "mailbox" } }, "or one of them for each reason"],
    [{ afterFailure: { bussy: "queue" } }, "there is no setting afterFailure.bussy; did you mean busy?"],
    [{ afterFailure: { "target-left": "queue" } }, `the settings here are ${FAILURE_REASONS.join(", ")}.`],
  ])("is refused with the valid values: %j", async (json, message) => {
    await expect(configFrom(json)).rejects.toThrow(message);
  });

  it("has a time in seconds for which a lost agent rings first", async () => {
    expect((await configFrom({})).grace).toBe(30_000);
    expect((await configFrom({ graceSeconds: 0 })).grace).toBe(0);
    await expect(configFrom({ graceSeconds: 301 })).rejects.toThrow("graceSeconds must be");
  });
});
