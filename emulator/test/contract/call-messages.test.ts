import type twilio from "twilio";
import { describe, expect, it } from "vitest";
import { coverage } from "../../src/coverage.ts";
import { NUMBER, type Twilio } from "../rest/support/twilio.ts";
import { describedClient } from "./described-client.ts";

const CALLBACK = "http://127.0.0.1:9/messages";
const NO_CALL = `CA${"0".repeat(32)}`;

let local: Twilio;
let client: twilio.Twilio;
const asked = describedClient((asking) => {
  ({ local, client } = asking);
  for (const address of ["client:alice", "+15550002222"])
    local.emulator.people.add(address, { habit: { kind: "answers", afterMs: 1_000 } });
});

/** A call that is queued: it rings, and is answered a second later, as the clock goes on. */
async function calling(to = "client:alice") {
  const twiml = "<Response><Pause length='600'/></Response>";
  return client.calls((await client.calls.create({ to, from: NUMBER, twiml })).sid);
}

describe("messages of a call by REST", () => {
  it("are made while it rings, and while it is in progress", async () => {
    const call = await calling();
    for (const ms of [0, 1_000]) {
      await local.clock.advance(ms);
      const message = await call.userDefinedMessages.create({ content: "{}", idempotencyKey: `at ${ms}` });
      const { accountSid } = local.emulator.credentials;
      expect(message).toMatchObject({ accountSid, sid: expect.stringMatching(/^KX[0-9a-f]{32}$/) });
      const made = await call.userDefinedMessageSubscriptions.create({ callback: CALLBACK, method: "GET" });
      expect(made.uri).toMatch(/\/Calls\/CA\w{32}\/UserDefinedMessageSubscriptions\/ZY[0-9a-f]{32}\.json$/);
      expect(await call.userDefinedMessageSubscriptions(made.sid).remove()).toBe(true);
      const again = call.userDefinedMessageSubscriptions(made.sid).remove();
      await expect(again).rejects.toMatchObject({ status: 404, code: 20404 });
    }
  });

  it.each([
    [
      "is over",
      async (call: Awaited<ReturnType<typeof calling>>) => void (await call.update({ status: "completed" })),
    ],
    ["is no browser's", async () => {}],
  ])("are refused for a call that %s", async (what, happens) => {
    const call = await calling(what === "is over" ? "client:alice" : "+15550002222");
    await local.clock.advance(1_000);
    await happens(call);
    const refused = { status: 400, code: 31211 };
    await expect(call.userDefinedMessages.create({ content: "{}" })).rejects.toMatchObject(refused);
    const subscription = call.userDefinedMessageSubscriptions.create({ callback: CALLBACK });
    await expect(subscription).rejects.toMatchObject(refused);
  });

  it("are JSON of at most 10,000 characters", async () => {
    const call = await calling();
    await local.clock.advance(0);
    for (const [content, code] of [
      ["", 32702],
      ["{key: 1}", 32702],
      [JSON.stringify("x".repeat(9_999)), 32703],
    ] as const)
      await expect(call.userDefinedMessages.create({ content })).rejects.toMatchObject({ status: 400, code });
    await call.userDefinedMessages.create({ content: JSON.stringify("x".repeat(9_998)) });
  });

  it("need a known call, and a subscription an address", async () => {
    const none = client.calls(NO_CALL);
    await expect(none.userDefinedMessages.create({ content: "{}" })).rejects.toMatchObject({ code: 20404 });
    const create = (callback: string) => none.userDefinedMessageSubscriptions.create({ callback });
    await expect(create(CALLBACK)).rejects.toMatchObject({ code: 20404 });
    await expect(create("http://under_score/")).rejects.toMatchObject({ code: 21205 });
  });
});

it("these tests used every operation of messages", () => {
  const names = coverage.operations.map(({ name }) => name).filter((name) => name.includes("UserDefined"));
  expect([names.length, names.filter((name) => !asked.has(name))]).toEqual([3, []]);
});
