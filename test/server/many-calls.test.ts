import { expect, it, onTestFinished } from "vitest";
import { dialledLeg } from "../../src/call/legs.ts";
import type { AgentId, CallRecord, Time } from "../../src/call/types.ts";
import type { CallsAnswer } from "../../src/server/control-api.ts";
import { createCallStore } from "../../src/store/call-store.ts";
import { callRecord } from "../store/support/call-store-suite.ts";
import { startRestStandIn } from "../twilio/support/rest-stand-in.ts";
import { countReads } from "./support/count-reads.ts";
import { json, operatorOf } from "./support/operator.ts";
import { aServer } from "./support/start-server.ts";

const CALLS = 1_000;
const AGENT = { kind: "agent", agent: "agent1" as AgentId } as const;

/** A call in which an agent has talked to the customer for a while. */
function talking(n: number, now: Time): CallRecord {
  const record = callRecord(`CA${String(n).padStart(32, "0")}`, now - n);
  const leg = { ...dialledLeg(record, AGENT, "first", now), state: "joined", joinedAt: now } as const;
  return { ...record, legs: [...record.legs, leg] };
}

it("lists a thousand live calls in one request, without a read of the store", async () => {
  const rest = await startRestStandIn(() => "no answer");
  onTestFinished(() => rest.close());
  const { calls, reads } = countReads(createCallStore());
  const begin = Date.now();
  const records = Array.from({ length: CALLS }, (_, n) => talking(n, begin));
  await Promise.all(records.map((record) => calls.update(record.id, () => record)));
  const server = await aServer({ twilioApiBaseUrl: rest.url }, { stores: { calls } });
  await operatorOf(server).get("/api/calls");
  // Surveys of the calls that the last server left: five at a time, and none is answered.
  await expect.poll(() => rest.requests).toHaveLength(5);
  const before = reads.lists;
  const listed = (await json<CallsAnswer>(operatorOf(server).get("/api/calls"))).calls;
  expect(reads.lists - before).toBe(0);
  expect(listed).toHaveLength(CALLS);
  expect(listed[0]).toMatchObject({ state: "talking", legs: [{ kind: "customer" }, { name: "Ann" }] });
  expect(listed.map(({ id }) => id)).toEqual(records.map(({ id }) => id).reverse());
  expect(rest.requests).toHaveLength(5);
});
