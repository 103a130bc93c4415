// Milliseconds from *Complete*, in a consultation, until the customer and agent2 hear each other: over what the emulator itself needs
// to take a participant off hold.
import { NUMBER, bringAgent, postToTwilio, startCallCentre } from "./call-centre.mjs";
import { median, percentile, report } from "./numbers.mjs";

const ROUNDS = 10;
const HZ = { customer: 1490, agent1: 2030, agent2: 2690 };
const HEARD_DB = -30;
/** The shortest time that an ear measures. */
const WINDOW_MS = 100;

const voice = (who) => ({ voice: { kind: "tone", hz: HZ[who] } });
const hears = (person, who) => person.heardDb(HZ[who], WINDOW_MS) >= HEARD_DB;

/** Resolves with the milliseconds that it took. */
async function until(test) {
  const start = performance.now();
  while (!test()) {
    if (performance.now() - start > 10_000) throw new Error("nobody heard anybody within 10 s");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return performance.now() - start;
}

/** The emulator alone: an order to end a hold, until the customer and agent2 hear each other. */
async function bareUnhold(world, conference, areTogether) {
  const path = `Conferences/${conference}/Participants/customer`;
  await postToTwilio(world, path, { Hold: "true" });
  await until(() => !areTogether());
  await postToTwilio(world, path, { Hold: "false" });
  return until(areTogether);
}

async function oneCall(world, customer, agent1, agent2) {
  const id = await customer.call(NUMBER);
  await agent1.person.until("ringing");
  agent1.person.answer();
  await agent1.page.until("the talk", (view) => view.call?.state === "talking");
  await agent1.page.transfer(id, "agent2", "consult");
  await agent2.person.until("ringing");
  agent2.person.answer();
  const consulting = (view) => view.call?.transfer?.phase === "consulting";
  const { call } = await agent1.page.until("the consultation", consulting);
  await until(() => hears(agent1.person, "agent2") && !hears(agent1.person, "customer"));
  const areTogether = () => hears(customer, "agent2") && hears(agent2.person, "customer");
  const pressed = performance.now();
  await agent1.page.press(id, "complete");
  await until(areTogether);
  const ours = performance.now() - pressed;
  const bare = await bareUnhold(world, call.conferenceSid, areTogether);
  customer.hangUp();
  for (const { page } of [agent1, agent2]) await page.until("the end", ({ state }) => state === "free");
  return { ours, bare };
}

export async function benchComplete() {
  const world = await startCallCentre({ mixing: true });
  const customer = world.emulator.people.add("+15550111111", voice("customer"));
  const agent1 = await bringAgent(world, "agent1", voice("agent1"));
  const agent2 = await bringAgent(world, "agent2", voice("agent2"));
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await oneCall(world, customer, agent1, agent2));
  for (const { page } of [agent1, agent2]) page.close();
  await world.close();
  const [ours, bare] = [rounds.map((round) => round.ours), rounds.map((round) => round.bare)];
  report(`From Complete until customer and agent2 hear each other (median of ${ROUNDS}, interleaved)`, [
    ["the emulator alone, off hold", `${median(bare).toFixed(0)} ms`],
    ["from Complete", `${median(ours).toFixed(0)} ms, p95 ${percentile(ours, 0.95).toFixed(0)} ms`],
    ["ratio", (median(ours) / median(bare)).toFixed(2)],
  ]);
}
