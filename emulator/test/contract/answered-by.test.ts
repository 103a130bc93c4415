import twilio from "twilio";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { NUMBER, startTwilio, type Twilio } from "../rest/support/twilio.ts";
import { type Exchange, complaintsOf, localClient } from "../../../test/support/contract/client.ts";
import { type Contract, loadContract } from "../../../test/support/contract/contract.ts";

let contract: Contract;
let local: Twilio;
let exchanges: Exchange[];
let client: twilio.Twilio;

beforeAll(async () => {
  contract = await loadContract();
}, 60_000);

beforeEach(async () => {
  local = await startTwilio();
  const { accountSid, authToken } = local.emulator.credentials;
  const http = localClient(local.emulator.url);
  exchanges = http.exchanges;
  client = twilio(accountSid, authToken, { httpClient: http.httpClient });
});

afterEach(async () => {
  await local.close();
  expect(exchanges.flatMap((exchange) => complaintsOf(contract, exchange))).toEqual([]);
});

const ADDRESS = "sip:bob@example.com";
const answers = { kind: "answers", afterMs: 0 } as const;
const amdResults = () => local.emulator.deliveries.filter(({ kind }) => kind === "amd-status");

it("the client sees who answered a call, and its URL is told so", async () => {
  local.emulator.people.add(ADDRESS, { habit: answers, is: "machine" });
  const order = { to: ADDRESS, from: "anna", sipAuthUsername: "anna", sipAuthPassword: "secret" };
  const url = `${local.emulator.url}/echo?Twiml=${encodeURIComponent("<Response><Pause/></Response>")}`;
  const { sid } = await client.calls.create({ ...order, url, machineDetection: "DetectMessageEnd" });
  await local.clock.advance(5_000);
  expect(await client.calls(sid).fetch()).toMatchObject({ status: "in-progress", answeredBy: null });
  await local.clock.advance(5_000);
  expect(await client.calls(sid).fetch()).toMatchObject({
    status: "completed",
    answeredBy: "machine_end_beep",
  });
  const voice = local.emulator.deliveries.find(({ kind }) => kind === "voice");
  expect(voice?.params.AnsweredBy).toBe("machine_end_beep");
});

it("the client is told of a human by an asynchronous detection, for calls and participants", async () => {
  for (const address of ["+15550002222", "+15550003333"])
    local.emulator.people.add(address, { habit: answers });
  const callback = `${local.emulator.url}/echo`;
  const order = { to: "+15550002222", from: NUMBER, machineDetection: "Enable" };
  const { sid } = await client.calls.create({
    ...order,
    twiml: "<Response><Pause length='60'/></Response>",
    asyncAmd: "true",
    asyncAmdStatusCallback: callback,
  });
  const participant = await client.conferences("room").participants.create({
    ...order,
    to: "+15550003333",
    amdStatusCallback: callback,
  });
  await local.clock.advance(3_000);
  expect(amdResults().map(({ params }) => [params.CallSid, params.AnsweredBy])).toEqual([
    [sid, "human"],
    [participant.callSid, "human"],
  ]);
  expect(await client.calls(sid).fetch()).toMatchObject({ answeredBy: "human" });
});
