import { describe, expect, it } from "vitest";
import type { ReplayReport } from "../../src/replay/report.ts";
import {
  type SavedScene,
  answers,
  presumed,
  replayed,
  savedScene,
  transfer,
} from "../support/world/saved-call.ts";

/** What happened to whom, by the server's story and by the replay's. */
const told = ({ world }: SavedScene): string[] =>
  world.story.map(({ event, label, reason }) => [event, label, reason].filter(Boolean).join(" "));
const decided = ({ calls }: ReplayReport): string[] =>
  calls.flatMap(({ story }) =>
    story.map(({ event, label, reason }) => [event, label, reason].filter(Boolean).join(" ")),
  );

type Story = readonly [name: string, presumed: string[], play: (scene: SavedScene) => Promise<void>];

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
