import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NUMBER, type Twilio, startTwilio } from "./support/twilio.ts";

let twilio: Twilio;
beforeEach(async () => {
  twilio = await startTwilio();
});
afterEach(() => twilio.close());

const PAUSE = "<Response><Pause length='30'/></Response>";

async function dial(to: string, habit: Parameters<typeof twilio.emulator.people.add>[1]): Promise<string> {
  twilio.emulator.people.add(to, habit ?? {});
  const form = { To: to, From: NUMBER, Twiml: PAUSE };
  const { status, body } = await twilio.ask("POST", "/Calls.json", { form });
  expect([status, body.status]).toEqual([201, "queued"]);
  return body.sid;
}

const answers = { habit: { kind: "answers", afterMs: 2_000 } } as const;

async function fetched(sid: string) {
  return (await twilio.ask("GET", `/Calls/${sid}.json`)).body;
}

async function listed(query: string): Promise<string[]> {
  const { body } = await twilio.ask("GET", `/Calls.json?${query}`);
  return (body.calls as { sid: string }[]).map((call) => call.sid);
}

describe("a call", () => {
  it("goes from queued to completed, and shows its duration", async () => {
    const sid = await dial("client:agent1", answers);
    await twilio.clock.advance(1_000);
    expect(await fetched(sid)).toMatchObject({ status: "ringing", start_time: null, duration: null });
    await twilio.clock.advance(2_000);
    expect(await fetched(sid)).toMatchObject({ status: "in-progress", direction: "outbound-api" });
    await twilio.clock.advance(60_000);
    expect(await fetched(sid)).toMatchObject({ status: "completed", duration: "30", price_unit: "USD" });
  });

  it("shows its dates and numbers as Twilio does", async () => {
    const body = await fetched(await dial("+15550002222", answers));
    expect(body.date_created).toMatch(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/);
    expect(body).toMatchObject({ to: "+15550002222", to_formatted: "(555) 000-2222" });
  });

  it("can be canceled while it rings; while it talks, only completed ends it", async () => {
    const rings = await dial("client:agent1", { habit: { kind: "never-answers" } });
    const talks = await dial("client:agent2", answers);
    await twilio.clock.advance(5_000);
    for (const sid of [rings, talks])
      await twilio.ask("POST", `/Calls/${sid}.json`, { form: { Status: "canceled" } });
    await twilio.clock.advance(100);
    expect((await fetched(rings)).status).toBe("canceled");
    expect((await fetched(talks)).status).toBe("in-progress");
    await twilio.ask("POST", `/Calls/${talks}.json`, { form: { Status: "completed" } });
    await twilio.clock.advance(100);
    expect((await fetched(talks)).status).toBe("completed");
  });

  it("that has ended cannot be changed: 21220", async () => {
    const sid = await dial("client:agent1", answers);
    await twilio.clock.advance(60_000);
    const { status, body } = await twilio.ask("POST", `/Calls/${sid}.json`, { form: { Twiml: PAUSE } });
    expect([status, body.code]).toEqual([400, 21220]);
  });

  it("with an unknown SID is not found", async () => {
    const { status, body } = await twilio.ask("GET", `/Calls/CA${"0".repeat(32)}.json`);
    expect([status, body.code]).toEqual([404, 20404]);
  });
});

describe("the list of calls", () => {
  it("can be filtered by number, state and time", async () => {
    const early = await dial("client:agent1", answers);
    await twilio.clock.advance(3_600_000);
    const late = await dial("client:agent2", { habit: { kind: "busy" } });
    await twilio.clock.advance(5_000);
    const noon = new Date(twilio.clock.now() - 1_800_000).toISOString();
    expect(await listed("")).toEqual([late, early]);
    expect(await listed("Status=completed")).toEqual([early]);
    expect(await listed("Status=busy&To=client%3Aagent2")).toEqual([late]);
    expect(await listed(`From=${encodeURIComponent(NUMBER)}`)).toEqual([late, early]);
    expect(await listed("From=%2B15550000000")).toEqual([]);
    expect(await listed(`StartTime%3C=${noon}`)).toEqual([early]);
    expect(await listed(`EndTime%3E=${noon}`)).toEqual([late]);
    expect(await listed(`ParentCallSid=${early}`)).toEqual([]);
  });

  it("refuses an invalid date", async () => {
    const { status, body } = await twilio.ask("GET", "/Calls.json?StartTime=yesterday");
    expect([status, body.code]).toEqual([400, 20422]);
  });
});

it("a call can be deleted once it is over, and not before", async () => {
  const sid = await dial("client:agent1", answers);
  await twilio.clock.advance(2_000);
  const refused = await twilio.ask("DELETE", `/Calls/${sid}.json`);
  expect([refused.status, refused.body.code]).toEqual([400, 20009]);
  await twilio.ask("POST", `/Calls/${sid}.json`, { form: { Status: "completed" } });
  expect((await twilio.ask("DELETE", `/Calls/${sid}.json`)).status).toBe(204);
  expect((await fetched(sid)).code).toBe(20404);
  expect(await listed("")).toEqual([]);
});
