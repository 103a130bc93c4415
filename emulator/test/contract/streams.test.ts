import type twilio from "twilio";
import { describe, expect, it } from "vitest";
import { coverage } from "../../src/coverage.ts";
import { NUMBER, type Twilio } from "../rest/support/twilio.ts";
import { type SocketApp, startSocketApp } from "../support/socket-app.ts";
import { describedClient } from "./described-client.ts";

let local: Twilio;
let app: SocketApp;
let client: twilio.Twilio;
const asked = describedClient(async (asking) => {
  ({ local, client } = asking);
  app = await startSocketApp(local.emulator.credentials.authToken);
  local.emulator.people.add("client:alice", { habit: { kind: "answers", afterMs: 1_000 } });
});

/** A call that is ringing. */
async function ringing() {
  const twiml = "<Response><Pause length='600'/></Response>";
  const { sid } = await client.calls.create({ to: "client:alice", from: NUMBER, twiml });
  await local.clock.advance(0);
  return client.calls(sid);
}

/** One that is answered. */
async function answered() {
  const call = await ringing();
  await local.clock.advance(1_000);
  return call;
}

const eventsOf = (): unknown[] => app.connections.map(({ messages }) => messages.at(-1)?.event);

describe("a stream by REST", () => {
  it("begins with its parameters, and ends by its SID", async () => {
    const call = await answered();
    const made = await call.streams.create({
      url: `${app.url}/ears`,
      name: "ears",
      track: "both_tracks",
      "parameter1.name": "order",
      "parameter1.value": "42",
      "parameter99.name": "last",
      "parameter99.value": "yes",
    });
    expect(made).toMatchObject({ name: "ears", status: "in-progress" });
    await local.clock.advance(500);
    expect(app.connections[0]?.messages[1]).toMatchObject({
      streamSid: made.sid,
      start: { tracks: ["inbound", "outbound"], customParameters: { order: "42", last: "yes" } },
    });
    expect(await call.streams(made.sid).update({ status: "stopped" })).toMatchObject({ status: "stopped" });
    await local.clock.advance(0);
    expect(eventsOf()).toEqual(["stop"]);
  });

  it("ends by its name, once", async () => {
    const call = await answered();
    await call.streams.create({ url: `${app.url}/ears`, name: "ears" });
    await local.clock.advance(0);
    await call.streams("ears").update({ status: "stopped" });
    await expect(call.streams("ears").update({ status: "stopped" })).rejects.toMatchObject({ status: 404 });
  });

  it("needs a call in progress, and an address", async () => {
    const call = await ringing();
    await expect(call.streams.create({ url: app.url })).rejects.toMatchObject({ code: 21220 });
    await local.clock.advance(1_000);
    await expect(call.streams.create({ url: "" })).rejects.toMatchObject({ status: 400 });
    expect(app.connections).toEqual([]);
  });
});

it("these tests used every operation of streams", () => {
  const names = coverage.operations.map(({ name }) => name).filter((name) => name.includes("Stream"));
  expect([names.length, names.filter((name) => !asked.has(name))]).toEqual([2, []]);
});
