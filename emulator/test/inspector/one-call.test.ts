import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { familiesOf, narrowed } from "../../src/inspector/family.ts";
import { stepsOf } from "../../src/inspector/steps.ts";
import { CUSTOMER, NUMBER } from "../support/emulator-stage.ts";
import { AGENT, STRANGER, type InspectedCall, inspectedCall, post } from "./inspected-call.ts";

describe("a call and its legs", () => {
  it("belong together, and another customer's call does not", async () => {
    const { call, other, json, emulator } = await inspectedCall();
    const [ownConference] = emulator.engine.world.conferences.keys();
    const agent = [...emulator.engine.world.calls.values()].find(({ to }) => to === AGENT)?.sid;
    expect(familiesOf(await json())).toEqual([
      { calls: [other], conferences: [] },
      { calls: [call, agent], conferences: [ownConference] },
    ]);
  });

  it("stay together when the customer has left the conference", async () => {
    const stage = await inspectedCall();
    await stage.ask("POST", `/Calls/${stage.call}.json`, { Status: "completed" });
    await stage.clock.advance(1_000);
    const [conference] = stage.emulator.engine.world.conferences.values();
    expect([...(conference?.participants.keys() ?? [])]).not.toContain(stage.call);
    const [, family] = familiesOf(await stage.json());
    expect(family?.calls).toHaveLength(2);
    expect(family?.conferences).toHaveLength(1);
  });

  it("have a page of their own, without the other customer", async () => {
    const { call, see } = await inspectedCall();
    const all = await see("/inspector");
    expect(all).toContain(`href="/inspector?call=${call}"`);
    expect(all).toContain(STRANGER);
    const one = await see(`/inspector?call=${call}`);
    expect(one).toContain('<h1 id="title">Call +15550111111 → +15550100000</h1>');
    expect(one).not.toContain(STRANGER);
    expect(one).not.toContain("Goodbye");
  });
});

async function told({ json, call }: InspectedCall, reads = false): Promise<string[]> {
  const shown = await json();
  const family = familiesOf(shown).find(({ calls }) => calls.includes(call));
  if (!family) throw new Error("no family");
  return stepsOf(narrowed(shown, family), { reads }).steps.map(
    ({ from, to, what }) => `${from} > ${to}: ${what}`,
  );
}

describe("the sequence of a call", () => {
  it("says who asked whom, in order: phones, webhooks with their TwiML, requests with their answers", async () => {
    const stage = await inspectedCall();
    const steps = await told(stage);
    const ofInterest = steps.filter(
      (step) => !step.includes("answered") && !step.includes("App > Twilio: 204"),
    );
    expect(ofInterest).toEqual([
      `${CUSTOMER} > Twilio: calls ${NUMBER}`,
      "Twilio > App: voice",
      "App > Twilio: 200 <Dial> <Conference>",
      `Twilio > ${CUSTOMER}: answers`,
      "Twilio > Twilio: participant-join " + stage.call.slice(0, 8),
      "Twilio > App: conference-status: participant-join",
      `App > Twilio: CreateCall To=${AGENT}`,
      "Twilio > App: 201",
      `Twilio > ${AGENT}: rings`,
      `${AGENT} > Twilio: answers`,
      "Twilio > App: voice",
      "App > Twilio: 200 <Dial> <Conference>",
      expect.stringMatching(/^Twilio > Twilio: participant-join CA/),
      "Twilio > App: conference-status: participant-join",
      "Twilio > Twilio: conference-start",
    ]);
  });

  it("leaves out requests that only read, unless they are asked for or have failed", async () => {
    const stage = await inspectedCall();
    expect(await stage.ask("GET", `/Calls/${stage.call}.json`)).toBe(200);
    expect(await stage.ask("GET", `/Conferences/CF${"0".repeat(32)}/Participants/${stage.call}.json`)).toBe(
      404,
    );
    const fetched = (steps: string[]) => steps.filter((step) => step.includes("Fetch"));
    expect(fetched(await told(stage))).toEqual(["App > Twilio: FetchParticipant"]);
    expect(fetched(await told(stage, true))).toEqual([
      "App > Twilio: FetchCall",
      "App > Twilio: FetchParticipant",
    ]);
    expect(await told(stage)).toContain("Twilio > App: 404, code 20404");
    expect(await stage.see(`/inspector?call=${stage.call}`)).toContain("Show 1 request that only reads");
  });

  it("is a picture, and a table with the same steps and the time between them", async () => {
    const stage = await inspectedCall();
    await stage.clock.advance(2_500);
    await stage.ask("POST", `/Calls/${stage.call}.json`, { Status: "completed" });
    const page = await stage.see(`/inspector?call=${stage.call}`);
    const steps = await told(stage);
    expect(page).toMatch(
      new RegExp(
        `role="img"\\s+aria-label="Sequence of ${steps.length} steps between \\${CUSTOMER}, ${AGENT}, Twilio, App`,
      ),
    );
    const table = /<table>\s*<caption id="steps-caption">[^]*?<\/table>/.exec(page)?.[0] ?? "";
    expect(table.match(/<tr>/g)).toHaveLength(steps.length + 1);
    expect(table).toContain("<td>+12.5 s</td>");
    expect(page).toContain(">12.5 s later</text>");
    expect(table).toContain("App → Twilio");
    const targets = [...table.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((id) => !page.includes(`id="${id}"`))).toEqual([]);
  });
});

describe("“send again”", () => {
  const SEND = "/inspector/deliveries/1/send-again";

  it("sends the same parameters, signed anew, as another delivery whose answer steers nothing", async () => {
    const { emulator, app, clock, hearing } = await inspectedCall();
    app.on("/voice", "<Hangup/>");
    const before = hearing();
    const { status, body } = await post(emulator.url + SEND, {
      origin: emulator.url,
      accept: "application/json",
    });
    expect([status, JSON.parse(body)]).toEqual([200, expect.objectContaining({ status: 200, error: null })]);
    const [first, second] = [app.to("/voice")[0], app.to("/voice").at(-1)];
    expect(second?.isSigned).toBe(true);
    expect(second?.params).toEqual(first?.params);
    const token = (request = first) => request?.headers["i-twilio-idempotency-token"];
    expect(token(second)).not.toBe(token(first));
    expect(emulator.deliveries.at(-1)).toMatchObject({
      again: 1,
      kind: "voice",
      body: expect.stringContaining("Hangup"),
    });
    await clock.advance(1_000);
    expect(hearing()).toEqual(before);
  });

  it("leads a page without script to the new delivery", async () => {
    const { emulator } = await inspectedCall();
    const reply = await fetch(emulator.url + SEND, {
      method: "POST",
      redirect: "manual",
      headers: { origin: emulator.url },
    });
    expect([reply.status, reply.headers.get("location")]).toEqual([
      303,
      `/inspector#delivery-${emulator.deliveries.length}`,
    ]);
  });

  it.each([
    ["a page of another origin", { origin: "http://evil.example" }],
    ["the app's page", { origin: "http://127.0.0.1:1" }],
    ["a page that hides its origin", { origin: "null" }],
    ["a program", {}],
  ])("is refused for %s", async (_, headers) => {
    const { emulator } = await inspectedCall();
    const count = emulator.deliveries.length;
    expect((await post(emulator.url + SEND, headers as Record<string, string>)).status).toBe(403);
    expect(emulator.deliveries).toHaveLength(count);
  });

  it("has no effect by GET, and none for a delivery that does not exist", async () => {
    const { emulator } = await inspectedCall();
    const count = emulator.deliveries.length;
    const reply = await fetch(emulator.url + SEND);
    expect([reply.status, reply.headers.get("allow")]).toEqual([405, "POST"]);
    const missing = `${emulator.url}/inspector/deliveries/999/send-again`;
    expect((await post(missing, { origin: emulator.url })).status).toBe(404);
    expect(emulator.deliveries).toHaveLength(count);
  });
});

describe("“as curl”", () => {
  const run = promisify(execFile);

  it("repeats a webhook with a right signature", async () => {
    const { emulator, app, see } = await inspectedCall();
    const command = await see("/inspector/deliveries/1/curl");
    expect(command).not.toContain(emulator.credentials.authToken);
    const count = app.to("/voice").length;
    const { stdout } = await run("sh", ["-c", `${command.trim()} --silent`]);
    expect(stdout).toContain("<Conference");
    expect(app.to("/voice")).toHaveLength(count + 1);
    expect(app.to("/voice").at(-1)).toMatchObject({ isSigned: true, params: app.to("/voice")[0]?.params });
  });

  it("repeats a webhook by GET", async () => {
    const { emulator, app, rings, see } = await inspectedCall();
    emulator.configureNumber(NUMBER, { voiceUrl: `${app.url}/got?a=it's`, voiceMethod: "GET" });
    await rings("+15550133333");
    const { id } = emulator.deliveries.find(({ method }) => method === "GET") ?? {};
    await run("sh", ["-c", `${(await see(`/inspector/deliveries/${id}/curl`)).trim()} --silent`]);
    const [first, second] = app.to("/got");
    expect([first?.isSigned, second?.isSigned]).toEqual([true, true]);
    expect(second?.params).toEqual(first?.params);
  });

  it("repeats a REST request with the password from the environment", async () => {
    const { emulator, see, json } = await inspectedCall();
    const { accountSid, authToken } = emulator.credentials;
    const { requests } = await json();
    const command = await see(`/inspector/requests/${requests[0]?.id}/curl`);
    expect(command).toContain(`--user "${accountSid}:$TWILIO_AUTH_TOKEN"`);
    expect(command).not.toContain(authToken);
    const env = { ...process.env, TWILIO_AUTH_TOKEN: authToken };
    const { stdout } = await run("sh", ["-c", `${command.trim()} --silent`], { env });
    expect(stdout).toContain("201 Created");
  });
});
