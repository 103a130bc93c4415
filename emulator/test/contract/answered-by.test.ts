import type twilio from "twilio";
import { expect, it } from "vitest";
import { NUMBER, type Twilio } from "../rest/support/twilio.ts";
import { describedClient } from "./described-client.ts";

let local: Twilio;
let client: twilio.Twilio;
describedClient((asking) => {
  ({ local, client } = asking);
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
