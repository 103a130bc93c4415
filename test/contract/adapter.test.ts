import { beforeAll, expect, it } from "vitest";
import { startWorld } from "../support/world/start-world.ts";
import type { Exchange } from "./support/client.ts";
import { type Contract, loadContract } from "./support/contract.ts";
import { recordingProxy } from "./support/recording-proxy.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await loadContract();
}, 60_000);

async function recordedWorld() {
  const exchanges: Exchange[] = [];
  const world = await startWorld(["agent1", "agent2"], {
    restThrough: (url) => recordingProxy(url, exchanges),
  });
  const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
  const customer = await world.customerRings();
  await agent1.answers();
  return { world, exchanges, agent1, agent2, customer };
}

it("asks Twilio only what Twilio's description knows, in a transfer that goes well and in ones that do not", async () => {
  const { world, exchanges, agent1, agent2, customer } = await recordedWorld();
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

  await world.customerRings("+15550122222");
  await agent1.answers();
  await agent1.hangsUp();

  const asked = new Set(exchanges.map(({ method, path }) => contract.operationId(method, path) ?? path));
  expect([...asked].toSorted()).toEqual([
    "CreateCall",
    "UpdateCall",
    "UpdateConference",
    "UpdateParticipant",
  ]);
  const complaints = exchanges.flatMap(({ method, path, form }) =>
    contract.conformsToRequest(method, path, form).map((complaint) => `${method} ${path}: ${complaint}`),
  );
  expect(complaints).toEqual([]);
  expect(world.problems).toEqual([]);
});
