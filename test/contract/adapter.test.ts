import { beforeAll, expect, it } from "vitest";
import { createGate } from "../support/world/gate.ts";
import { startWorld } from "../support/world/start-world.ts";
import { type Contract, loadContract } from "../support/contract/contract.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await loadContract();
}, 60_000);

async function watchedWorld() {
  const { through: restThrough, seen } = createGate();
  const world = await startWorld(["agent1", "agent2"], { restThrough });
  const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
  const customer = await world.customerRings();
  await agent1.answers();
  return { world, seen, agent1, agent2, customer };
}

it("asks Twilio only what Twilio's description knows, in a transfer that goes well and in ones that do not", async () => {
  const { world, seen, agent1, agent2, customer } = await watchedWorld();
  await agent1.transfersTo("agent2");
  await agent2.declines();
  await agent1.transfersTo("agent2");
  await agent1.hangsUp();
  await agent2.answers();
  await agent2.transfersTo("agent1");
  await agent1.answers();
  await agent2.hangsUp();
  await agent1.transfersTo("agent2");
  customer.hangUp();
  await world.settle();

  const second = await world.customerRings("+15550122222");
  await agent1.answers();
  await world.operator(`/api/calls/${second.callSid}/participants/agent1-1/hold`, {});
  await world.operator(`/api/calls/${second.callSid}/participants/customer/mute`, {});
  await world.settle();
  await world.clock.advance(61_000);
  await agent1.transfersTo("agent2");
  world.server.setPublicUrl("https://moved.example.com");
  await world.settle();
  world.server.setPublicUrl(world.server.localUrl);
  await agent2.declines();
  await agent1.hangsUp();

  const requests = seen.map(({ name, form }) => {
    const [method, path = ""] = name.split(" ") as ["GET" | "POST" | "DELETE", string?];
    return { method, path, form };
  });
  const asked = new Set(requests.map(({ method, path }) => contract.operationId(method, path) ?? path));
  expect([...asked].toSorted()).toEqual([
    "CreateCall",
    "FetchCall",
    "FetchConference",
    "ListParticipant",
    "UpdateCall",
    "UpdateConference",
    "UpdateParticipant",
  ]);
  const complaints = requests.flatMap(({ method, path, form }) =>
    contract.conformsToRequest(method, path, form).map((complaint) => `${method} ${path}: ${complaint}`),
  );
  expect(complaints).toEqual([]);
  expect(world.problems).toEqual([]);
});
