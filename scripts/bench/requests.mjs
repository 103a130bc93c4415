// Requests to Twilio per transfer and mode, from *Transfer* until the customer talks to agent2 alone.
import { NUMBER, bringAgent, startCallCentre } from "./call-centre.mjs";
import { report } from "./numbers.mjs";

/** Requests so far, by their kind: creates, updates, reads. */
async function requestsOf({ server }) {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const counts = { creates: 0, updates: 0, reads: 0 };
  for (const [, operation, count] of text.matchAll(
    /twilio_requests_total\{operation="([^"]+)"[^}]*\} (\d+)/g,
  )) {
    const changes = operation.endsWith("…") ? "updates" : "creates";
    counts[operation.startsWith("GET") ? "reads" : changes] += Number(count);
  }
  return counts;
}

async function transferOnce(world, mode) {
  const agent1 = await bringAgent(world, "agent1");
  const agent2 = await bringAgent(world, "agent2");
  const customer = world.emulator.people.add("+15550111111");
  const id = await customer.call(NUMBER);
  await agent1.person.until("ringing");
  agent1.person.answer();
  await agent1.page.until("the talk", (view) => view.call?.state === "talking");
  const before = await requestsOf(world);
  await agent1.page.transfer(id, "agent2", mode);
  await agent2.person.until("ringing");
  agent2.person.answer();
  await agent2.page.until("agent2 in the call", ({ state }) => state === "in-call");
  if (mode !== "blind") await agent1.page.press(id, "complete");
  await agent2.page.until("the outcome", (view) => view.call?.transfer?.outcome === "completed");
  await world.emulator.settled();
  const after = await requestsOf(world);
  for (const { page } of [agent1, agent2]) page.close();
  return ["creates", "updates", "reads"].map((kind) => `${after[kind] - before[kind]} ${kind}`).join(", ");
}

export async function benchRequests() {
  const rows = [];
  for (const mode of ["three-way", "consult", "blind"]) {
    const world = await startCallCentre();
    rows.push([mode, await transferOnce(world, mode)]);
    await world.close();
  }
  report("Requests to Twilio per transfer", rows);
}
