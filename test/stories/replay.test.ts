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

interface RawStep {
  params?: Record<string, string>;
  parameters?: Record<string, string>;
}

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
    "an operator who transfers to a phone, whose owner hears the briefing and takes the call",
    ["somebody transfers to +155…03 (three-way)", "somebody completes the transfer"],
    async (scene) => {
      const phone = scene.world.emulator.people.add("+15550199999");
      await scene.agent1.answers();
      await scene.waits();
      await scene.asks("/transfer", { to: "+15550199999", mode: "three-way", note: "Order 17." });
      phone.answer();
      await scene.world.settle();
      await scene.waits();
      phone.press("1");
      await scene.world.settle();
      await scene.waits();
      await scene.asks("/transfer/complete");
    },
  ],
  [
    "an agent whose line is lost for good: after a head start, the next one rings",
    [],
    async (scene) => {
      await scene.agent1.answers();
      await scene.waits();
      await scene.agent1.closesPage();
      await scene.agent1.losesTheLine();
      await scene.waits(10);
      await answers(scene);
    },
  ],
  [
    "an agent whom an operator mutes and holds",
    [
      "somebody changes agent1-1: mute",
      "somebody changes agent1-1: unmute",
      "somebody changes customer: hold",
    ],
    async (scene) => {
      await scene.agent1.answers();
      await scene.waits();
      await scene.asks("/participants/agent1-1/mute");
      await scene.asks("/participants/agent1-1/unmute");
      await scene.asks("/participants/customer/hold");
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

  it("presumes a goodbye also where Twilio's callback overtook what the server asked because of it", async () => {
    const scene = await savedScene();
    await scene.agent1.answers();
    await scene.waits();
    await scene.asks("/end");
    const file = JSON.parse(await scene.file()) as { steps: RawStep[] };
    const asked = file.steps.findIndex(({ parameters }) => parameters?.Status === "completed");
    const ending = file.steps.splice(asked, 2);
    const left = file.steps.findIndex(
      ({ params }) =>
        params?.StatusCallbackEvent === "participant-leave" && params.ParticipantLabel === "agent1-1",
    );
    const [webhook] = file.steps.splice(left, 1);
    Object.assign(webhook?.params ?? {}, { ReasonParticipantLeft: "participant_hung_up" });
    file.steps.splice(asked, 0, ...(webhook ? [webhook] : []), ...ending);
    const report = await replayed({ ...scene, file: async () => JSON.stringify(file) });
    expect(presumed(report)).toEqual(["agent1 ends the call"]);
    expect(report.steps.find(({ from }) => from === "presumed")?.actions).toMatchObject([
      { action: "end-conference", isInFile: true },
    ]);
    expect(report.differences).toEqual([]);
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

  it("tells of TwiML that the file has and this release would not answer", async () => {
    const scene = await savedScene();
    const text = (await scene.file()).replace(
      'participantLabel=\\"customer\\"',
      'participantLabel=\\"guest\\"',
    );
    expect(text).toContain("guest");
    const { differences } = await replayed({ ...scene, file: async () => text });
    expect(differences).toEqual(["Webhook 1 (customer) got other TwiML than it would get now."]);
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
