import { readFile } from "node:fs/promises";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PersonView } from "../../src/people/people-handler.ts";
import { CUSTOMER, type EmulatorStage, NUMBER, startEmulatorStage } from "../support/emulator-stage.ts";

const APPLICATION = `AP${"0".repeat(32)}`;

let stage: EmulatorStage;
beforeEach(async () => {
  stage = await startEmulatorStage({
    mixing: true,
    applications: [{ sid: APPLICATION, voiceUrl: "http://127.0.0.1:1/out" }],
  });
});

interface Reply {
  status: number;
  body: PersonView & { message: string; numbers: string[]; applications: string[]; people: PersonView[] };
}

const JSON_TYPE = { "content-type": "application/json" };

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = JSON_TYPE,
): Promise<Reply> {
  const sent = typeof body === "string" ? body : JSON.stringify(body);
  const reply = await fetch(stage.emulator.url + path, { method, headers, ...(sent && { body: sent }) });
  return { status: reply.status, body: (await reply.json().catch(() => null)) as Reply["body"] };
}

const post = (body: unknown): Promise<Reply> => ask("POST", "/people", body);
const see = async (id: string): Promise<PersonView> => (await ask("GET", `/people/${id}`)).body;

describe("/people", () => {
  it("adds a SIP phone that is an answering machine", async () => {
    const { emulator, app, order, clock } = stage;
    app.on("/agent", "<Pause/>");
    const from = "sip:bob@example.com";
    const { status, body } = await post({ from, is: "machine", habit: { kind: "answers", afterMs: 0 } });
    expect([status, body.from]).toEqual([201, from]);
    const machineDetection = { mode: "Enable", isAsync: false, callback: null } as const;
    const times = { timeoutMs: 30_000, speechMs: 2_400, speechEndMs: 1_200 };
    const call = emulator.engine.createCall(
      order(from, { machineDetection: { ...machineDetection, ...times } }),
    );
    await clock.advance(2_400);
    expect([call.status, call.answeredBy]).toEqual(["in-progress", "machine_start"]);
    for (const wrong of [{ from: "sip:bob" }, { from, is: "fax" }])
      expect((await post(wrong)).status).toBe(400);
  });

  it("adds a customer who rings a number, hears the app, presses a key and hangs up", async () => {
    const { app, clock, emulator } = stage;
    app.on("/voice", `<Gather numDigits="1" action="/keys"><Say>Press a key</Say></Gather>`);
    app.on("/keys", "<Pause length='60'/>");
    const order = { from: CUSTOMER, calls: NUMBER, presses: "7", pressesAfterMs: 2_000, talkMs: 9_000 };
    const { status, body } = await post(order);
    expect(status).toBe(201);
    expect(body).toMatchObject({ id: "1", from: CUSTOMER, state: "calling", captions: [] });
    await emulator.settled();
    expect(app.to("/voice")[0]?.params).toMatchObject({
      CallSid: body.call?.sid,
      From: CUSTOMER,
      To: NUMBER,
    });
    expect(await see("1")).toMatchObject({ state: "talking", hears: ["[say]"], captions: ["Press a key"] });

    await clock.advance(2_000);
    expect(app.to("/keys")[0]?.params).toMatchObject({ Digits: "7" });
    await clock.advance(6_999);
    expect((await see("1")).state).toBe("talking");
    await clock.advance(1);
    expect(await see("1")).toMatchObject({ state: "idle", call: { status: "completed" }, hears: [] });
  });

  it("adds an agent with a habit, and says who hears whom and how loud", async () => {
    const { app, clock } = stage;
    app.on("/voice", "<Dial><Client>agent1</Client></Dial>");
    const agent = { from: "client:agent1", habit: { kind: "answers", afterMs: 1_000 }, hz: 600 };
    expect((await post(agent)).body).toMatchObject({ from: "client:agent1", state: "idle", call: null });
    await post({ from: CUSTOMER, calls: NUMBER });
    await clock.advance(1_000);
    expect(await see("1")).toMatchObject({ state: "talking", hears: [CUSTOMER] });
    expect(await see("2")).toMatchObject({ state: "talking", hears: ["client:agent1"] });
    await vi.waitFor(async () => {
      const { body } = await ask("GET", "/people/2?hz=600,1000&windowMs=200");
      expect((body as { heardDb?: number[] }).heardDb?.map((db) => db > -30)).toEqual([true, false]);
    }, 15_000);
  });

  it("lets people act by hand", async () => {
    const { app, clock, emulator } = stage;
    app.on("/voice", "<Dial><Client>agent1</Client></Dial>");
    await post({ from: "client:agent1" });
    await post({ from: CUSTOMER });
    const act = (id: string, body: object): Promise<Reply> => ask("POST", `/people/${id}`, body);
    expect((await act("2", { does: "call", calls: NUMBER })).body.state).toBe("calling");
    await emulator.settled();
    expect((await see("1")).state).toBe("ringing");
    expect(await act("2", { does: "answer" })).toMatchObject({ status: 409 });
    expect((await act("1", { does: "answer" })).body.state).toBe("talking");
    await clock.advance(0);
    expect((await act("2", { does: "press", digits: "12#" })).status).toBe(200);
    expect((await act("2", { does: "speak", text: "Hello?" })).status).toBe(200);
    expect((await act("1", { does: "hang-up" })).body.state).toBe("idle");
    await clock.advance(0);
    expect(await act("2", { does: "speak", text: "Hello?" })).toMatchObject({ status: 409 });
    expect(await act("2", { does: "press", digits: "1" })).toEqual({
      status: 409,
      body: { message: "The person is idle, not talking" },
    });
    await act("2", { does: "call", calls: NUMBER });
    await emulator.settled();
    expect((await act("1", { does: "decline" })).body.state).toBe("idle");
    await clock.advance(0);
    expect((await act("1", { does: "follow", habit: { kind: "answers", afterMs: 0 } })).status).toBe(200);
    expect((await act("1", { does: "say", hz: 600 })).status).toBe(200);
    await act("2", { does: "call", calls: NUMBER });
    await clock.advance(0);
    expect((await see("2")).hears).toEqual(["client:agent1"]);
  });

  it("lets a browser call an application", async () => {
    await post({ from: "client:anna", calls: `app:${APPLICATION}` });
    await stage.emulator.settled();
    expect(stage.sent("/out")).toEqual([]);
    expect(stage.emulator.deliveries[0]?.params).toMatchObject({
      From: "client:anna",
      To: "",
      ApplicationSid: APPLICATION,
    });
  });

  it("lists people and what they can call, and removes them", async () => {
    stage.app.on("/voice", "<Pause length='60'/>");
    await post({ from: CUSTOMER, calls: NUMBER });
    stage.emulator.people.add("client:agent1");
    await stage.emulator.settled();
    const { body } = await ask("GET", "/people");
    expect(body).toMatchObject({ numbers: [NUMBER], applications: [`app:${APPLICATION}`] });
    expect(body.people.map(({ from, state }) => [from, state])).toEqual([
      [CUSTOMER, "talking"],
      ["client:agent1", "idle"],
    ]);
    expect((await ask("DELETE", "/people/1")).status).toBe(204);
    await stage.clock.advance(0);
    const [call] = stage.emulator.engine.world.calls.values();
    expect([call?.status, (await ask("GET", "/people/1")).status]).toEqual(["completed", 404]);
    expect((await ask("DELETE", "/people")).status).toBe(204);
    expect((await ask("GET", "/people")).body.people).toEqual([]);
    expect(stage.emulator.engine.isReachable("client:agent1")).toBe(false);
  });

  it("accepts every example of docs/guide.md", async () => {
    stage.emulator.configureNumber(NUMBER, { voiceUrl: `${stage.app.url}/voice` });
    const written = await readFile(new URL("../../docs/guide.md", import.meta.url), "utf8");
    const examples = written.split("\n").filter((line) => line.startsWith(`{ "from"`));
    expect(examples.length).toBeGreaterThan(3);
    for (const body of examples) expect([body, (await post(body)).status]).toEqual([body, 201]);
  });

  it("refuses pages of other origins, whatever they send", async () => {
    const order = { from: CUSTOMER, calls: NUMBER };
    const foreign = { ...JSON_TYPE, origin: "https://example.com" };
    expect((await ask("POST", "/people", order, foreign)).status).toBe(403);
    expect((await ask("GET", "/people", undefined, foreign)).status).toBe(403);
    expect((await ask("POST", "/people", order, { "content-type": "text/plain" })).status).toBe(415);
    expect((await ask("PUT", "/people", order)).status).toBe(405);
    expect((await ask("GET", "/people/1/2")).status).toBe(404);
    expect(stage.emulator.people.list()).toEqual([]);
  });

  it.each([
    [400, "{", "not JSON"],
    [400, [], "A person is an object"],
    [400, {}, "lacks from"],
    [400, { from: "anna" }, "`from` must be a number"],
    [400, { from: "+15550100123", call: NUMBER }, "A person has no `call`: from, calls"],
    [400, { from: "+15550100123", calls: "5550100000" }, "`calls` must be a number"],
    [400, { from: "+15550100123", presses: "x" }, "`presses` must be keys"],
    [400, { from: "+15550100123", pressesAfterMs: 5 }, "`pressesAfterMs` goes with presses"],
    [400, { from: "+15550100123", talkMs: -1 }, "`talkMs` must be a whole number from 0"],
    [400, { from: "+15550100123", hz: 20 }, "`hz` must be a whole number from 50"],
    [400, { from: "+15550100123", habit: "answers" }, "`habit` is an object"],
    [400, { from: "+15550100123", habit: { kind: "rude" } }, "`habit.kind` must be one of answers,"],
    [400, { from: "+15550100123", habit: { kind: "answers" } }, "The habit answers lacks afterMs"],
    [400, { from: "+15550100123", habit: { kind: "busy", afterMs: 1 } }, "The habit busy has no `afterMs`"],
    [409, { from: "+15550100123", calls: "+15550109999" }, "The emulator has no number +15550109999"],
    [409, { from: "client:a", calls: `app:AP${"1".repeat(32)}` }, "The emulator has no application app:AP1"],
    [409, { from: "client:a", calls: NUMBER }, "a browser an application"],
    [409, { from: "+15550100123", calls: `app:${APPLICATION}` }, "A phone calls a number"],
  ])("refuses with %i: %j", async (status, body, message) => {
    const reply = await post(body);
    expect([reply.status, reply.body.message]).toEqual([status, expect.stringContaining(message)]);
    expect(stage.emulator.people.list()).toEqual([]);
  });

  it.each([
    [{}, "`does` must be one of answer, decline, hang-up, call, press, follow, speak, say"],
    [{ does: "follow", habit: { kind: "rude" } }, "`habit.kind` must be one of answers,"],
    [{ does: "say", hz: 1 }, "`hz` must be a whole number from 50"],
    [{ does: "press" }, "The act press lacks digits"],
    [{ does: "speak", text: "" }, "`text` must be a sentence of 1 to 4096 characters"],
    [{ does: "answer", digits: "1" }, "The act answer has no `digits`"],
  ])("refuses the act %j", async (body, message) => {
    stage.emulator.people.add(CUSTOMER);
    const reply = await ask("POST", "/people/1", body);
    expect([reply.status, reply.body.message]).toEqual([400, expect.stringContaining(message)]);
  });
});
