import { answerLost, refused, reset, webPage } from "./fates.ts";
import { type Fate, createGate } from "./gate.ts";
import type { Exceptions } from "./invariant-watch.ts";
import { startWorld } from "./start-world.ts";

/** After these nothing was done at Twilio. */
export const NOT_DONE: [string, Fate][] = [
  ["500", refused(500, 20500)],
  ["503", refused(503, 20503)],
  ["401", refused(401, 20003)],
  ["400 21220", refused(400, 21220)],
  ["a web page with 502", webPage(502)],
  ["a web page with 200", webPage(200)],
  ["a broken connection", reset],
];

/** For something that is to be changed, `gone` is a success. */
export const FAULTS: [string, Fate, number][] = [
  ...NOT_DONE.filter(([name]) => name !== "400 21220").map(([name, fate]): [string, Fate, number] => [
    name,
    fate,
    1,
  ]),
  ["429 once", refused(429, 20429), 1],
  ["429 ten times", refused(429, 20429), 10],
  ["500 twice", refused(500, 20500), 2],
  ["409 20162: two changes at once", refused(409, 20162), 1],
  ["a web page with 404", webPage(404), 1],
  ["an answer that gets lost", answerLost, 1],
];

/** A world with a gate before Twilio's REST API, and two agents who are ready. */
export async function worldWithGate(agents = ["agent1", "agent2"], exceptions: Exceptions = {}) {
  const rest = createGate();
  const world = await startWorld(agents, { restThrough: rest.through, exceptions });
  const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
  const legsTo = (agent: string) =>
    [...world.emulator.engine.world.calls.values()].filter(({ to }) => to === `client:${agent}`);
  return { rest, world, agent1, agent2, legsTo };
}

/** The customer talks to agent1. */
export async function talkingWithGate(agents?: string[], exceptions?: Exceptions) {
  const scene = await worldWithGate(agents, exceptions);
  const customer = await scene.world.customerRings();
  await scene.agent1.answers();
  return { ...scene, customer };
}
