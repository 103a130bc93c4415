import twilio from "twilio";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RestFault } from "../../src/faults/fault.ts";
import { localClient } from "../../../test/support/contract/client.ts";
import { NUMBER, type Twilio, startTwilio } from "../rest/support/twilio.ts";

const CALL = { to: "client:agent1", from: NUMBER, twiml: "<Response><Pause/></Response>" };

let local: Twilio;
let client: twilio.Twilio;
beforeEach(async () => {
  local = await startTwilio();
  client = clientOf();
});
afterEach(() => local.close());

function clientOf(options?: Parameters<typeof localClient>[1]): twilio.Twilio {
  const { accountSid, authToken } = local.emulator.credentials;
  const { httpClient } = localClient(local.emulator.url, options);
  return twilio(accountSid, authToken, { httpClient });
}

const fault = (given: RestFault) => local.emulator.faults.add(given);
const callsMade = () => local.emulator.engine.world.calls.size;

describe("the next request to an operation", () => {
  it.each([
    [429, 20429],
    [500, 20500],
    [503, 20503],
    [401, 20003],
    [404, 20404],
  ])("gets %i with Twilio's code %i, has no effect, and the one after it succeeds", async (answer, code) => {
    fault({ rest: "CreateCall", answer });
    await expect(client.calls.create(CALL)).rejects.toMatchObject({ status: answer, code });
    expect(callsMade()).toBe(0);
    await client.calls.create(CALL);
    expect(callsMade()).toBe(1);
  });

  it("gets the chosen code", async () => {
    fault({ rest: "CreateParticipant", answer: 400, code: 21211 });
    const create = client.conferences("room").participants.create({ from: NUMBER, to: "client:agent1" });
    await expect(create).rejects.toMatchObject({ status: 400, code: 21211 });
  });

  it("gets an HTML page, as from a proxy", async () => {
    fault({ rest: "ListCall", answer: "html" });
    await expect(client.calls.list()).rejects.toMatchObject({ status: 502 });
  });

  it("loses its connection", async () => {
    fault({ rest: "CreateCall", answer: "reset" });
    await expect(client.calls.create(CALL)).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(callsMade()).toBe(0);
  });

  it("fails although the emulator made the call", async () => {
    fault({ rest: "CreateCall", answer: "reset", afterEffect: true });
    await expect(client.calls.create(CALL)).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(await client.calls.list()).toHaveLength(1);
  });

  it("is refused as usual if it is wrong, without using up the fault", async () => {
    fault({ rest: "CreateCall", answer: 500, afterEffect: true });
    await expect(client.calls.create({ ...CALL, to: "nobody" })).rejects.toMatchObject({ code: 21211 });
  });
});

describe("a slow answer", () => {
  it("comes once the emulator's clock has moved on", async () => {
    fault({ rest: "CreateCall", delayMs: 3_000 });
    let isHere = false;
    const creating = client.calls.create(CALL).then(() => (isHere = true));
    while (local.emulator.faults.list()[0]?.left !== 0) await client.calls.list();
    await local.clock.advance(2_999);
    await client.calls.list();
    expect([isHere, callsMade(), local.emulator.faults.held]).toEqual([false, 0, 1]);
    await local.clock.advance(1);
    await creating;
    expect([callsMade(), local.emulator.faults.held]).toEqual([1, 0]);
  });

  it("without a waiting client makes no call, or a call, as the fault says", async () => {
    const impatient = clientOf({ timeout: 500 });
    fault({ rest: "CreateCall", delayMs: 3_000 });
    fault({ rest: "CreateCall", delayMs: 3_000, afterEffect: true });
    for (const made of [0, 1]) {
      await expect(impatient.calls.create(CALL)).rejects.toMatchObject({ code: "ECONNABORTED" });
      // By now the emulator has seen that the other connection is gone.
      await client.calls.list();
      await local.clock.advance(3_000);
      expect(callsMade()).toBe(made);
    }
  });
});

it("the official client's own retries overcome two 429", async () => {
  fault({ rest: "*", times: 2, answer: 429 });
  await clientOf({ autoRetry: true, maxRetries: 3 }).calls.create(CALL);
  expect(callsMade()).toBe(1);
  expect(local.emulator.faults.list()).toMatchObject([{ rest: "*", left: 0 }]);
});

it("every authenticated request counts, whether spoilt or not", async () => {
  const before = local.emulator.faults.requests;
  fault({ rest: "CreateCall", answer: 500 });
  await expect(client.calls.create(CALL)).rejects.toMatchObject({ status: 500 });
  await client.calls.create(CALL);
  expect(local.emulator.faults.requests).toBe(before + 2);
});

it("a request without credentials uses up no fault", async () => {
  fault({ rest: "*", answer: 500 });
  expect((await local.ask("GET", "/Calls.json", { credentials: null })).status).toBe(401);
  expect(local.emulator.faults.list()).toMatchObject([{ left: 1 }]);
});
