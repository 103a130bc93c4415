// Milliseconds from *Transfer* to agent2's ringing, over what the emulator itself needs from CreateCall to ringing.
import { NUMBER, bringAgent, postToTwilio, startCallCentre } from "./call-centre.mjs";
import { median, percentile, report } from "./numbers.mjs";

const ROUNDS = 40;

/** The emulator alone: an order to dial, until the browser rings. */
async function bareRing(world) {
  const person = world.emulator.people.add("client:nobody");
  const start = performance.now();
  await postToTwilio(world, "Calls", { From: NUMBER, To: "client:nobody", Twiml: "<Response/>" });
  await person.until("ringing");
  const took = performance.now() - start;
  person.decline();
  person.leave();
  return took;
}

async function transferRing(agent1, agent2, call) {
  const start = performance.now();
  const rings = agent2.person.until("ringing");
  await agent1.page.transfer(call, "agent2");
  await rings;
  const took = performance.now() - start;
  agent2.person.decline();
  await agent1.page.until("the outcome", (view) => view.call?.transfer?.phase === "ended");
  await agent1.page.until("a free colleague", (view) => view.colleagues[0]?.state === "free");
  return took;
}

export async function benchTransfer() {
  const world = await startCallCentre();
  const agent1 = await bringAgent(world, "agent1");
  const agent2 = await bringAgent(world, "agent2");
  const call = await world.emulator.people.add("+15550111111").call(NUMBER);
  await agent1.person.until("ringing");
  agent1.person.answer();
  await agent1.page.until("the talk", (view) => view.call?.state === "talking");
  const bare = [];
  const ours = [];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await bareRing(world));
    ours.push(await transferRing(agent1, agent2, call));
  }
  agent1.page.close();
  agent2.page.close();
  await world.close();
  report(`From Transfer to agent2's ringing (median of ${ROUNDS}, interleaved)`, [
    ["the emulator alone", `${median(bare).toFixed(1)} ms`],
    ["from Transfer", `${median(ours).toFixed(1)} ms, p95 ${percentile(ours, 0.95).toFixed(1)} ms`],
    ["ratio", (median(ours) / median(bare)).toFixed(2)],
  ]);
}
