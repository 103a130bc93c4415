import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NUMBER, type Twilio, startTwilio } from "./support/twilio.ts";

const PHONE = "+15550006666";
const LAG = 2_000;

type Item = Record<string, string | boolean>;
let local: Twilio;
beforeEach(async () => {
  local = await startTwilio({ quirks: { listLagMs: LAG } });
  local.emulator.people.add(PHONE, { habit: { kind: "answers", afterMs: 0 } });
});
afterEach(() => local.close());

const list = async (path: string, key: string): Promise<Item[]> =>
  (await local.ask("GET", path)).body[key] as Item[];
const statuses = async (): Promise<unknown[]> =>
  (await list("/Calls.json", "calls")).map(({ status }) => status);
const conferences = () => list("/Conferences.json", "conferences");
const participants = (conference: string) =>
  list(`/Conferences/${conference}/Participants.json`, "participants");

/** @returns the SIDs of the call and its conference */
async function joins(label: string): Promise<{ call: string; conference: string }> {
  const form = { To: PHONE, From: NUMBER, Label: label, StartConferenceOnEnter: "false" };
  const { body } = await local.ask("POST", "/Conferences/room1/Participants.json", { form });
  return { call: String(body.call_sid), conference: String(body.conference_sid) };
}

describe("lists that lag by 2 s", () => {
  it("lack what is younger, while the thing itself can be fetched", async () => {
    const { call, conference } = await joins("agent1-1");
    await local.clock.advance(LAG - 1);
    expect([await statuses(), await conferences(), await participants(conference)]).toEqual([[], [], []]);
    expect((await local.ask("GET", `/Calls/${call}.json`)).body.status).toBe("in-progress");
    expect((await local.ask("GET", `/Conferences/${conference}.json`)).status).toBe(200);
    await local.clock.advance(1);
    expect([await statuses(), (await conferences()).length]).toEqual([["in-progress"], 1]);
    expect(await participants(conference)).toMatchObject([{ call_sid: call, status: "connected" }]);
  });

  it("show what was before a change, and who has left since", async () => {
    const { call, conference } = await joins("agent1-1");
    await local.clock.advance(10_000);
    await local.ask("POST", `/Conferences/${conference}/Participants/${call}.json`, {
      form: { Hold: "true" },
    });
    await local.clock.advance(LAG - 1);
    expect(await participants(conference)).toMatchObject([{ hold: false }]);
    await local.clock.advance(1);
    expect(await participants(conference)).toMatchObject([{ hold: true }]);

    await local.ask("POST", `/Calls/${call}.json`, { form: { Status: "completed" } });
    await local.clock.advance(LAG - 1);
    expect([await statuses(), (await participants(conference)).length]).toEqual([["in-progress"], 1]);
    await local.clock.advance(1);
    expect([await statuses(), await participants(conference)]).toEqual([["completed"], []]);
    expect(await conferences()).toMatchObject([{ status: "completed" }]);
  });

  it("filter by what they show", async () => {
    const { call } = await joins("agent1-1");
    await local.clock.advance(10_000);
    await local.ask("POST", `/Calls/${call}.json`, { form: { Status: "completed" } });
    await local.clock.advance(0);
    expect(await list("/Calls.json?Status=completed", "calls")).toEqual([]);
    expect(await list("/Calls.json?Status=in-progress", "calls")).toHaveLength(1);
  });
});
