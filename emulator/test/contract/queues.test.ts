import type twilio from "twilio";
import { expect, it } from "vitest";
import { coverage } from "../../src/coverage.ts";
import type { Twilio } from "../rest/support/twilio.ts";
import { describedClient } from "./described-client.ts";

let local: Twilio;
let client: twilio.Twilio;
const asked = describedClient((asking) => {
  ({ local, client } = asking);
});

/** Somebody answers and waits in the queue `support`. */
async function waits(name: string) {
  const person = local.emulator.people.add(`client:${name}`, { habit: { kind: "answers", afterMs: 0 } });
  const from = local.emulator.numbers[0]?.phoneNumber ?? "";
  const twiml = `<Response><Enqueue waitUrl="">support</Enqueue></Response>`;
  const { sid } = await client.calls.create({ to: person.address, from, twiml });
  await local.clock.advance(0);
  return { person, sid };
}

it("the client creates, lists, fetches, changes and deletes a queue", async () => {
  const made = await client.queues.create({ friendlyName: "support", maxSize: 5 });
  expect(made).toMatchObject({ friendlyName: "support", maxSize: 5, currentSize: 0, averageWaitTime: 0 });
  expect(made.sid).toMatch(/^QU[0-9a-f]{32}$/);
  await client.queues.create({ friendlyName: "sales" });
  expect((await client.queues.list()).map(({ friendlyName }) => friendlyName)).toEqual(["sales", "support"]);
  const queue = client.queues(made.sid);
  expect(await queue.update({ friendlyName: "help", maxSize: 7 })).toMatchObject({ maxSize: 7 });
  expect(await queue.fetch()).toMatchObject({ friendlyName: "help", maxSize: 7 });
  expect(await queue.remove()).toBe(true);
  await expect(queue.fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

it("the client lists the members of a queue, the front first, and fetches them", async () => {
  const first = await waits("first");
  await local.clock.advance(20_000);
  const second = await waits("second");
  await local.clock.advance(10_000);
  const [queue] = await client.queues.list();
  expect(queue).toMatchObject({
    friendlyName: "support",
    currentSize: 2,
    averageWaitTime: 20,
    maxSize: 1000,
  });
  const members = client.queues(queue?.sid ?? "").members;
  expect(await members.list()).toMatchObject([
    { callSid: first.sid, position: 1, waitTime: 30, queueSid: queue?.sid },
    { callSid: second.sid, position: 2, waitTime: 10 },
  ]);
  expect(await members("Front").fetch()).toMatchObject({ callSid: first.sid });
  expect(await members(second.sid).fetch()).toMatchObject({ position: 2 });
  expect(await members.list({ limit: 1, pageSize: 1 })).toHaveLength(1);
  first.person.hangUp();
  expect(await members("Front").fetch()).toMatchObject({ callSid: second.sid, position: 1 });
  await expect(members(first.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

it("the client takes the member at the front out of the queue", async () => {
  const { sid } = await waits("first");
  await local.clock.advance(6_000);
  const [queue] = await client.queues.list();
  const members = client.queues(queue?.sid ?? "").members;
  const url = `${local.emulator.url}/echo?Twiml=${encodeURIComponent("<Response><Say>Your turn.</Say></Response>")}`;
  expect(await members("Front").update({ url })).toMatchObject({ callSid: sid, waitTime: 6, position: 1 });
  await local.clock.advance(0);
  const request = local.emulator.deliveries.find(({ kind }) => kind === "voice");
  expect(request?.params).toMatchObject({ QueueResult: "redirected", QueueTime: "6", QueueSid: queue?.sid });
  expect(await members.list()).toEqual([]);
  await expect(members("Front").update({ url })).rejects.toMatchObject({ status: 404, code: 20404 });
  await expect(members(sid).update({ url })).rejects.toMatchObject({ status: 404, code: 20404 });
});

it("the client may not delete a queue with members, nor take a name twice", async () => {
  const { person } = await waits("first");
  const [queue] = await client.queues.list();
  const support = client.queues(queue?.sid ?? "");
  await expect(support.remove()).rejects.toMatchObject({ status: 400, code: 20001 });
  await expect(client.queues.create({ friendlyName: "support" })).rejects.toMatchObject({ status: 400 });
  const other = await client.queues.create({ friendlyName: "sales" });
  const renamed = client.queues(other.sid).update({ friendlyName: "support" });
  await expect(renamed).rejects.toMatchObject({ status: 400, code: 20001 });
  expect(await support.update({ friendlyName: "support" })).toMatchObject({ currentSize: 1 });
  person.hangUp();
  expect(await support.remove()).toBe(true);
});

it.each([
  [{ FriendlyName: "" }, 20422],
  [{ FriendlyName: "x".repeat(65) }, 20422],
  [{ FriendlyName: "support", MaxSize: "0" }, 20422],
  [{ FriendlyName: "support", MaxSize: "5001" }, 20422],
])("the emulator refuses the queue %o", async (form, code) => {
  const { status, body } = await local.ask("POST", "/Queues.json", { form });
  expect([status, body.code, local.emulator.engine.world.queues.size]).toEqual([400, code, 0]);
});

it("these tests used every operation on queues and members", () => {
  const names = coverage.operations.map(({ name }) => name).filter((name) => /Queue|Member/.test(name));
  expect(names).toHaveLength(8);
  expect(names.filter((name) => !asked.has(name))).toEqual([]);
});
