import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { savedScene } from "../support/world/saved-call.ts";
import { runCli } from "./support/run-cli.ts";
import { SLOW } from "./support/slow.ts";

/** A consultation that is completed, saved in a folder of its own. */
async function savedCall(): Promise<string> {
  const scene = await savedScene();
  await scene.agent1.answers();
  await scene.waits();
  await scene.asks("/transfer", { to: "agent2", mode: "consult" });
  await scene.agent2.answers();
  await scene.waits();
  await scene.asks("/transfer/complete");
  scene.customer.hangUp();
  await scene.waits();
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "call.json"), await scene.file());
  return cwd;
}

describe("warm-transfer replay", SLOW, () => {
  it("prints what the rules decide and why, without a server and an account", async () => {
    const { code, stdout, stderr } = await runCli(["replay", "call.json"], { cwd: await savedCall() });
    expect([code, stderr]).toEqual([0, ""]);
    for (const line of [
      /^Call CA[0-9a-f]{32}, saved by local-twilio \d/m,
      /^ +\+0\.00 s {2}the customer calls \(webhook customer\)\n +→ dial agent1-1: the customer has no agent, and agent1 is free$/m,
      /somebody transfers to agent2 \(consult\) \(presumed\)\n +→ hold customer: the agents talk first\n +→ dial agent2-1/,
      /somebody completes the transfer \(presumed\)\n +→ take customer off hold: an agent is there to talk/,
      /→ hang up agent1-1: the transfer completes$/m,
      /ended by customer\n +transfer to agent2 \(consult\): completed$/m,
      /Every decision has its request, and every answer is the same\.$/m,
      /2 steps are presumed/,
      /Settings: the defaults; ringSeconds is 20/,
    ])
      expect(stdout).toMatch(line);
    expect(stdout).not.toContain("not in the file");
  });

  it("prints one JSON document, and takes the settings of the folder", async () => {
    const cwd = await savedCall();
    writeFileSync(join(cwd, "warm-transfer.json"), JSON.stringify({ afterFailure: "queue" }));
    const { code, stdout } = await runCli(["replay", "call.json", "--json"], { cwd });
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as Record<string, unknown[]>;
    expect(Object.keys(report)).toEqual(["call", "emulator", "steps", "calls", "differences", "assumptions"]);
    expect(report.calls).toMatchObject([
      { endedBy: "customer", transfers: [{ mode: "consult", to: "agent2", outcome: "completed" }] },
    ]);
    expect(report.steps?.[0]).toMatchObject({
      after: 0,
      from: "webhook customer",
      isRecorded: true,
      actions: [{ action: "dial", isInFile: true }],
      refusal: null,
      isNews: true,
    });
    expect(report.assumptions).toContainEqual(
      expect.stringContaining("Settings: warm-transfer.json in this folder"),
    );
  });

  it.each([
    ["is not there", undefined, 3, "There is no file call.json."],
    ["is no call", "{}", 2, "call.json is not a call that the emulator has saved."],
    [
      "is another app's",
      JSON.stringify({
        format: "local-twilio-call",
        version: 1,
        emulator: "0.1.0",
        call: `CA${"1".repeat(32)}`,
        steps: [
          {
            at: 1,
            kind: "webhook",
            id: 1,
            about: "voice",
            url: "http://127.0.0.1:1/voice",
            params: {},
            again: null,
          },
        ],
      }),
      2,
      "call.json has no webhook that a warm-transfer server answers.",
    ],
  ])("fails with a clear error when the file %s", async (_, text, code, message) => {
    const cwd = temporaryFolder();
    if (text !== undefined) writeFileSync(join(cwd, "call.json"), text);
    const failed = await runCli(["replay", "call.json"], { cwd });
    expect([failed.code, failed.stdout]).toEqual([code, ""]);
    expect(failed.stderr).toContain(`error: ${message}`);
  });
});
