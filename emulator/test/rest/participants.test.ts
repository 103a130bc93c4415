import { afterEach, describe, expect, it } from "vitest";
import { NUMBER, type Twilio, startTwilio } from "./support/twilio.ts";

let twilio: Twilio;
afterEach(() => twilio.close());

/** Two browsers that answer at once, dialled into a room. */
async function startRoom(options: Parameters<typeof startTwilio>[0] = {}): Promise<string> {
  twilio = await startTwilio(options);
  let room = "";
  for (const name of ["agent1", "agent2"]) {
    twilio.emulator.people.add(`client:${name}`, { habit: { kind: "answers", afterMs: 100 } });
    const form = {
      To: `client:${name}`,
      From: NUMBER,
      Label: `${name} & co`,
      StartConferenceOnEnter: "false",
    };
    const { body } = await twilio.ask("POST", "/Conferences/room/Participants.json", { form });
    room = `/Conferences/${String(body.conference_sid)}`;
  }
  await twilio.clock.advance(1_000);
  return room;
}

async function labels(path: string): Promise<unknown[]> {
  const { body } = await twilio.ask("GET", path);
  return (body.participants as { label: string }[]).map((participant) => participant.label);
}

describe("a participant", () => {
  it("is queued right after its creation", async () => {
    twilio = await startTwilio();
    const form = { To: "client:agent1", From: NUMBER };
    const { status, body } = await twilio.ask("POST", "/Conferences/room/Participants.json", { form });
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: "queued", start_conference_on_enter: true, queue_time: "0" });
  });

  it("is found by Call SID and by its label", async () => {
    const room = await startRoom();
    const byLabel = await twilio.ask("GET", `${room}/Participants/agent1%20%26%20co.json`);
    expect(byLabel.body).toMatchObject({ label: "agent1 & co", status: "connected" });
    const bySid = await twilio.ask("GET", `${room}/Participants/${String(byLabel.body.call_sid)}.json`);
    expect(bySid.body).toEqual(byLabel.body);
  });

  it("is removed by DELETE, and then not found", async () => {
    const room = await startRoom();
    const path = `${room}/Participants/agent1%20%26%20co.json`;
    const removed = await twilio.ask("DELETE", path);
    expect([removed.status, removed.body.message]).toEqual([204, ""]);
    await twilio.clock.advance(100);
    expect((await twilio.ask("DELETE", path)).body.code).toBe(20404);
    expect(await labels(`${room}/Participants.json`)).toEqual(["agent2 & co"]);
  });

  it("can be held and muted independently, and listed by either", async () => {
    const room = await startRoom();
    const path = `${room}/Participants/agent1%20%26%20co.json`;
    const held = await twilio.ask("POST", path, { form: { Hold: "true", Muted: "anything" } });
    expect(held.body).toMatchObject({ hold: true, muted: false });
    await twilio.ask("POST", `${room}/Participants/agent2%20%26%20co.json`, { form: { Muted: "true" } });
    expect(await labels(`${room}/Participants.json?Hold=true`)).toEqual(["agent1 & co"]);
    expect(await labels(`${room}/Participants.json?Muted=true`)).toEqual(["agent2 & co"]);
    expect(await labels(`${room}/Participants.json?Coaching=true`)).toEqual([]);
  });

  it("cannot take another's label", async () => {
    const room = await startRoom();
    const form = { To: "client:agent3", From: NUMBER, Label: "agent1 & co" };
    const { status, body } = await twilio.ask("POST", `${room}/Participants.json`, { form });
    expect([status, body.code]).toEqual([400, 16026]);
  });
});

describe("a conference", () => {
  it("lists further pages although the last listed participant has left", async () => {
    const room = await startRoom();
    const first = (await twilio.ask("GET", `${room}/Participants.json?PageSize=1`)).body;
    await twilio.ask("DELETE", `${room}/Participants/agent2%20%26%20co.json`);
    await twilio.clock.advance(100);
    const { status } = await twilio.ask("GET", String(first.next_page_uri));
    expect([status, await labels(String(first.uri))]).toEqual([200, ["agent1 & co"]]);
  });

  it("lists no participants once it has ended, and shows why it ended", async () => {
    const room = await startRoom();
    expect(await labels(`${room}/Participants.json`)).toHaveLength(2);
    const { status } = await twilio.ask("POST", `${room}.json`, { form: { Status: "completed" } });
    expect(status).toBe(200);
    await twilio.clock.advance(100);
    expect(await labels(`${room}/Participants.json`)).toEqual([]);
    const { body } = await twilio.ask("GET", `${room}.json`);
    expect(body).toMatchObject({ status: "completed", reason_conference_ended: "conference-ended-via-api" });
  });

  it.each(["init", "in-progress"] as const)("that has not started is listed as %s", async (shown) => {
    const room = await startRoom({ quirks: { waitingConferenceAs: shown } });
    const other = shown === "init" ? "in-progress" : "init";
    expect((await twilio.ask("GET", `${room}.json`)).body.status).toBe(shown);
    expect((await twilio.ask("GET", `/Conferences.json?Status=${shown}`)).body.conferences).toHaveLength(1);
    expect((await twilio.ask("GET", `/Conferences.json?Status=${other}`)).body.conferences).toEqual([]);
  });

  it("is found by name, and by the day of its creation", async () => {
    await startRoom();
    const today = new Date(twilio.clock.now()).toISOString().slice(0, 10);
    const tomorrow = new Date(twilio.clock.now() + 86_400_000).toISOString().slice(0, 10);
    const count = async (query: string) =>
      ((await twilio.ask("GET", `/Conferences.json?${query}`)).body.conferences as unknown[]).length;
    expect(await count("FriendlyName=room")).toBe(1);
    expect(await count("FriendlyName=roo")).toBe(0);
    expect(await count(`DateCreated=${today}`)).toBe(1);
    expect(await count(`DateCreated%3E=${tomorrow}`)).toBe(0);
    expect(await count(`DateCreated%3C=${today}`)).toBe(1);
  });

  it("that has ended accepts no participants", async () => {
    const room = await startRoom();
    await twilio.ask("POST", `${room}.json`, { form: { Status: "completed" } });
    await twilio.clock.advance(100);
    const form = { To: "client:agent1", From: NUMBER };
    expect(await twilio.ask("POST", `${room}/Participants.json`, { form })).toMatchObject({ status: 404 });
  });
});
