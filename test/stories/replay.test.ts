import { describe, expect, it } from "vitest";
import { callSettings } from "../../src/compose/context.ts";
import { readCallFile } from "../../src/replay/call-file.ts";
import { replay } from "../../src/replay/replay.ts";
import { type ReplayReport, reportOf } from "../../src/replay/report.ts";
import { testConfig } from "../support/test-config.ts";
import { type SavedScene, savedScene } from "../support/world/saved-call.ts";

async function replayed(scene: SavedScene): Promise<ReplayReport> {
  const file = readCallFile(await scene.file(), "call.json");
  return reportOf(file, await replay(file, callSettings(testConfig())), "the test's");
}

/** What happened to whom, by the server's story and by the replay's. */
const told = ({ world }: SavedScene): string[] =>
  world.story.map(({ event, label, reason }) => [event, label, reason].filter(Boolean).join(" "));
const decided = ({ calls }: ReplayReport): string[] =>
  calls.flatMap(({ story }) =>
    story.map(({ event, label, reason }) => [event, label, reason].filter(Boolean).join(" ")),
  );

const presumed = ({ steps }: ReplayReport): string[] =>
  steps.filter(({ from }) => from === "presumed").map(({ what }) => what);

type Story = readonly [name: string, presumed: string[], play: (scene: SavedScene) => Promise<void>];

const transfer = async (scene: SavedScene, mode: string): Promise<void> => {
  await scene.agent1.answers();
  await scene.waits();
  await scene.asks("/transfer", { to: "agent2", mode });
};
const answers = async ({ agent2, waits }: SavedScene): Promise<void> => {
  await agent2.answers();
  await waits();
};

const STORIES: readonly Story[] = [
  [
    "a three-way transfer that is completed",
    ["somebody transfers to agent2 (three-way)", "somebody completes the transfer"],
    async (scene) => {
      await transfer(scene, "three-way");
      await answers(scene);
      await scene.asks("/transfer/complete");
    },
  ],
  [
    "a three-way transfer whose starter leaves on purpose",
    ["somebody transfers to agent2 (three-way)", "agent1 leaves on purpose"],
    async (scene) => {
      await transfer(scene, "three-way");
      await answers(scene);
      await scene.agent1.hangsUp();
      await scene.waits();
    },
  ],
  [
    "a consultation with a swap and back, and all together",
    [
      "somebody transfers to agent2 (consult)",
      "somebody swaps who is on hold",
      "somebody swaps who is on hold",
      "somebody brings all three together",
      "somebody cancels the transfer",
    ],
    async (scene) => {
      await transfer(scene, "consult");
      await answers(scene);
      for (const verb of ["swap", "swap", "bring-together", "cancel"]) await scene.asks(`/transfer/${verb}`);
    },
  ],
  [
    "a blind transfer that is declined: agent1 rings again",
    ["somebody transfers to agent2 (blind)"],
    async (scene) => {
      await transfer(scene, "blind");
      await scene.agent2.declines();
      await scene.waits();
      await scene.agent1.answers();
      await scene.waits();
    },
  ],
  [
    "an agent who does not answer: the next one rings",
    [],
    async (scene) => {
      await scene.waits(30);
      await answers(scene);
    },
  ],
  [
    "an agent whose line is lost: the customer hears music, and that agent rings again",
    [],
    async (scene) => {
      await scene.agent1.answers();
      await scene.waits();
      await scene.agent1.losesTheLine();
      await scene.waits();
      await scene.agent1.reconnects();
      await scene.agent1.answers();
      await scene.waits();
    },
  ],
  [
    "an operator who ends the call",
    ["agent1 ends the call"],
    async (scene) => {
      await scene.agent1.answers();
      await scene.waits();
      await scene.asks("/end");
    },
  ],
];

describe("the replay of a saved call decides what the server decided, in the story of", () => {
  it.each(STORIES)("%s", async (_, guesses, play) => {
    const scene = await savedScene();
    await play(scene);
    const report = await replayed(scene);
    expect(report.differences).toEqual([]);
    expect(presumed(report)).toEqual(guesses);
    // Who ended a call is not in the file when somebody pressed a button.
    const plain = (lines: string[]): string[] =>
      lines.map((line) => line.replace(/ (operator|agent)$/, "")).toSorted();
    expect(plain(decided(report))).toEqual(plain(told(scene)));
    expect(told(scene).length).toBeGreaterThan(3);
  });
});

describe("a replay", () => {
  it("says why: each action has its reason", async () => {
    const scene = await savedScene();
    await transfer(scene, "consult");
    await answers(scene);
    scene.customer.hangUp();
    await scene.waits();
    const { steps } = await replayed(scene);
    const actions = steps.flatMap((step) => step.actions).map(({ what, why }) => `${what}: ${why}`);
    expect(actions.slice(0, 3)).toEqual([
      "dial agent1-1: the customer has no agent, and agent1 is free",
      "hold customer: the agents talk first",
      "dial agent2-1: a transfer has started (consult)",
    ]);
    expect(actions).toContain("end the conference: the call is over: the customer hung up");
  });

  it("tells of a decision that the file has no request for, and of a request that nothing explains", async () => {
    const scene = await savedScene();
    await scene.agent1.answers();
    await scene.waits();
    const { accountSid, authToken } = scene.world.emulator.credentials;
    const headers = { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` };
    const path = `/2010-04-01/Accounts/${accountSid}/Calls/${scene.call}.json`;
    const body = new URLSearchParams({ StatusCallback: "http://127.0.0.1:9/elsewhere" });
    await fetch(scene.world.emulator.url + path, { method: "POST", headers, body });
    await scene.world.settle();
    const text = await scene.file();
    const file = JSON.parse(text) as { steps: { kind: string; operation?: string }[] };
    const withoutDial = { ...file, steps: file.steps.filter(({ operation }) => operation !== "CreateCall") };
    const whole = await replayed(scene);
    expect(whole.differences).toEqual([
      expect.stringMatching(/the server asked Twilio for UpdateCall: not explained/),
    ]);
    const other = await replayed({ ...scene, file: async () => JSON.stringify(withoutDial) });
    expect(other.steps.flatMap(({ actions }) => actions)).toEqual([]);
  });

  it("leaves out what a person sent again, and webhooks that the server never answered", async () => {
    const scene = await savedScene();
    const { emulator } = scene.world;
    const [first] = emulator.deliveries;
    const again = `${emulator.url}/inspector/deliveries/${first?.id}/send-again`;
    expect((await fetch(again, { method: "POST", headers: { origin: emulator.url } })).ok).toBe(true);
    emulator.faults.add({ webhook: "call-status", event: "answered", does: "drop" });
    await scene.agent1.answers();
    await scene.waits();
    const { assumptions, differences } = await replayed(scene);
    expect(assumptions).toContain("1 webhook was left out, because a person had sent it again.");
    expect(assumptions).toContain("1 webhook was left out, because the server did not answer it.");
    expect(differences).toEqual([]);
  });
});
