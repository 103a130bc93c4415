import { callSettings } from "../../../src/compose/context.ts";
import { readCallFile } from "../../../src/replay/call-file.ts";
import { replay } from "../../../src/replay/replay.ts";
import { type ReplayReport, reportOf } from "../../../src/replay/report.ts";
import { testConfig } from "../test-config.ts";
import { type World, startWorld } from "./start-world.ts";
import type { AgentAtWork } from "./people-at-work.ts";

export interface SavedScene {
  world: World;
  agent1: AgentAtWork;
  agent2: AgentAtWork;
  customer: Awaited<ReturnType<World["customerRings"]>>;
  call: string;
  /** A second passes. */
  waits: (seconds?: number) => Promise<void>;
  /** An operator asks something of the call. */
  asks: (path: string, body?: object) => Promise<void>;
  /** The call as the emulator's inspector saves it. */
  file: () => Promise<string>;
}

/** A customer rings, agent1 is rung, and a second passes between what people do, as with people. */
export async function savedScene(settings?: Parameters<typeof startWorld>[1]): Promise<SavedScene> {
  const world = await startWorld(["agent1", "agent2"], settings);
  const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
  const customer = await world.customerRings();
  const [live] = await world.server.calls();
  const call = live?.id ?? "";
  const waits = (seconds = 2): Promise<void> => world.clock.advance(seconds * 1_000);
  await waits();
  return {
    world,
    agent1,
    agent2,
    customer,
    call,
    waits,
    async asks(path, body = {}) {
      const answer = await world.operator(`/api/calls/${call}${path}`, body);
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      await world.settle();
      await waits();
    },
    file: async () => (await fetch(`${world.emulator.url}/inspector/calls/${call}.json`)).text(),
  };
}

/** The replay of the scene's call, as it is saved now. */
export async function replayed(scene: SavedScene): Promise<ReplayReport> {
  const file = readCallFile(await scene.file(), "call.json");
  return reportOf(file, await replay(file, callSettings(testConfig())), "the test's");
}

/** What the replay presumes, in words. */
export const presumed = ({ steps }: ReplayReport): string[] =>
  steps.filter(({ from }) => from === "presumed").map(({ what }) => what);

/** agent1 answers and transfers to agent2. */
export const transfer = async (scene: SavedScene, mode: string): Promise<void> => {
  await scene.agent1.answers();
  await scene.waits();
  await scene.asks("/transfer", { to: "agent2", mode });
};
/** agent2 answers. */
export const answers = async ({ agent2, waits }: SavedScene): Promise<void> => {
  await agent2.answers();
  await waits();
};
