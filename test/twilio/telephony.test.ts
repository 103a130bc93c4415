import { afterEach, describe, expect, it } from "vitest";
import type { ConferenceRef } from "../../src/call/ports.ts";
import type { CallSid } from "../../src/call/types.ts";
import { AppError } from "../../src/errors.ts";
import { createTelephony } from "../../src/twilio/telephony.ts";
import { type Answer, type SeenRequest, restError, startRestStandIn } from "./support/rest-stand-in.ts";
import { AGENT, AGENT_SID, CALL, CONFERENCE, LABEL, settings } from "./support/values.ts";

const ROOT = `/2010-04-01/Accounts/${settings.accountSid}`;
const order = { call: CALL, label: LABEL, party: { kind: "agent", agent: AGENT } as const, ringSeconds: 20 };
const known: ConferenceRef = { name: CALL, sid: CONFERENCE };
/** How Twilio tries again. */
const SOON = "#rc=2&ct=4000&rt=5000&rp=ct,rt,5xx";
const unknown: ConferenceRef = { name: CALL, sid: null };

let close: (() => Promise<void>) | undefined;
afterEach(async () => close?.());

async function against(respond: (request: SeenRequest) => Answer | null) {
  const rest = await startRestStandIn(respond);
  close = () => rest.close();
  return { requests: rest.requests, telephony: createTelephony({ ...settings, apiBaseUrl: rest.url }) };
}

const ok = (body: unknown = { sid: AGENT_SID }): Answer => ({ status: 200, body });

async function failure(work: Promise<unknown>): Promise<AppError> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(AppError);
  return thrown as AppError;
}

describe("dialling an agent", () => {
  it("calls the agent's browser from our number, with the callback URLs", async () => {
    const { telephony, requests } = await against(() => ({ status: 201, body: { sid: AGENT_SID } }));
    expect(await telephony.dial(order)).toBe(AGENT_SID);
    expect(requests).toEqual([
      {
        method: "POST",
        path: `${ROOT}/Calls.json`,
        authorization: `Basic ${btoa(`${settings.apiKey}:${settings.apiSecret}`)}`,
        form: {
          From: ["+15550100000"],
          To: ["client:agent1"],
          Url: [`https://calls.example.com/conference/${CALL}/connect/agent1-1${SOON}`],
          FallbackUrl: [`https://calls.example.com/fallback${SOON}`],
          StatusCallback: [
            `https://calls.example.com/call/events?call=${CALL}&leg=agent1-1#rc=3&rp=ct,rt,5xx`,
          ],
          StatusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
          Timeout: ["15"],
          TimeLimit: ["14400"],
        },
      },
    ]);
  });

  it("repeats a request that Twilio refused with 429", async () => {
    const answers = [restError(429, 20429), ok()];
    const { telephony, requests } = await against(() => answers.shift() ?? null);
    expect(await telephony.dial(order)).toBe(AGENT_SID);
    expect(requests).toHaveLength(2);
  });

  it("dials once when the connection breaks: the call may exist", async () => {
    const { telephony, requests } = await against(() => null);
    expect((await failure(telephony.dial(order))).category).toBe("network");
    expect(requests).toHaveLength(1);
  });

  it.each([
    ["wrong credentials", restError(401, 20003), "auth", "20003"],
    ["a number that is not ours", restError(400, 21210), "twilio", "21210"],
    ["Twilio in trouble", restError(500, 20500), "network", "20500"],
    [
      "a page in place of JSON",
      { status: 502, body: "<html>Bad gateway</html>", type: "text/html" },
      "network",
      "502",
    ],
    ["an answer without a Call SID", ok({}), "twilio", "did not say"],
    [
      "a page with status 200",
      { status: 200, body: "<html></html>", type: "text/html" },
      "network",
      "answered with HTTP 200 and a page",
    ],
  ] as const)("says what is wrong: %s", async (_name, answer, category, words) => {
    const { telephony } = await against(() => answer);
    const error = await failure(telephony.dial(order));
    expect(error.category).toBe(category);
    expect(error.message).toContain(words);
    expect(JSON.stringify(error) + error.message).not.toContain(settings.apiSecret);
  });

  it("links to Twilio's page of the error, and gives a hint", async () => {
    const { telephony } = await against(() => restError(400, 21219));
    const error = await failure(telephony.dial(order));
    expect(error.docs).toBe("https://www.twilio.com/docs/api/errors/21219");
    expect(error.hint).toContain("verif");
  });
});

describe("ending a leg", () => {
  it.each([
    [false, "completed"],
    [true, "canceled"],
  ])("only if it is unanswered: %s, asks for %s", async (onlyIfUnanswered, status) => {
    const { telephony, requests } = await against(() => ok());
    await telephony.hangUp(AGENT_SID, { onlyIfUnanswered });
    expect(requests[0]).toMatchObject({
      path: `${ROOT}/Calls/${AGENT_SID}.json`,
      form: { Status: [status] },
    });
  });

  it.each([[restError(404, 20404)], [restError(400, 21220)]])(
    "is done when the call is gone: %j",
    async (answer) => {
      const { telephony } = await against(() => answer);
      await expect(telephony.hangUp(AGENT_SID, { onlyIfUnanswered: false })).resolves.toBeUndefined();
    },
  );

  it("fails when Twilio could not do it", async () => {
    const { telephony } = await against(() => restError(503, 20503));
    expect((await failure(telephony.hangUp(AGENT_SID, { onlyIfUnanswered: false }))).category).toBe(
      "network",
    );
  });
});

describe("a participant of a conference", () => {
  const participant = `${ROOT}/Conferences/${CONFERENCE}/Participants/${AGENT_SID}.json`;

  it.each([true, false])("ends the conference by leaving: %s", async (value) => {
    const { telephony, requests } = await against(() => ok());
    await telephony.setEndsConference(known, AGENT_SID, value);
    expect(requests[0]).toMatchObject({ path: participant, form: { EndConferenceOnExit: [String(value)] } });
  });

  it("hears our music on hold, by POST", async () => {
    const { telephony, requests } = await against(() => ok());
    await telephony.setHold(known, AGENT_SID, true);
    const HoldUrl = [`https://calls.example.com/conference/hold${SOON}`];
    expect(requests[0]).toMatchObject({
      path: participant,
      form: { Hold: ["true"], HoldUrl, HoldMethod: ["POST"] },
    });
  });

  it("is taken back from hold", async () => {
    const { telephony, requests } = await against(() => ok());
    await telephony.setHold(known, AGENT_SID, false);
    expect(requests[0]?.form).toEqual({ Hold: ["false"] });
  });

  it.each([true, false])("is muted: %s", async (value) => {
    const { telephony, requests } = await against(() => ok());
    await telephony.setMuted(known, AGENT_SID, value);
    expect(requests[0]).toMatchObject({ path: participant, form: { Muted: [String(value)] } });
  });

  it("who is not found does not end the conference", async () => {
    const { telephony } = await against(() => restError(404, 20404));
    await expect(telephony.setEndsConference(known, AGENT_SID, false)).resolves.toBeUndefined();
  });

  it.each([restError(404, 20404), restError(400, 21220)])(
    "who is not found is not changed, and that is an error: %j",
    async (answer) => {
      const { telephony } = await against(() => answer);
      for (const change of ["setHold", "setMuted"] as const)
        expect((await failure(telephony[change](known, AGENT_SID, true))).category).toBe("not-found");
    },
  );

  it("a conference that is not found has not been ended, and that is an error", async () => {
    const { telephony } = await against(() => restError(404, 20404));
    expect((await failure(telephony.endConference(known))).category).toBe("not-found");
  });
});

describe("a conference whose SID is not known yet", () => {
  const list = (...statuses: string[]): Answer =>
    ok({
      conferences: statuses.map((status, i) => ({
        sid: i === 0 ? CONFERENCE : `CF${"d".repeat(32)}`,
        status,
      })),
      next_page_uri: null,
    });

  it.each(["init", "in-progress"])("is found by its name while it is %s", async (status) => {
    const { telephony, requests } = await against(({ method }) =>
      method === "GET" ? list(status, "completed") : ok(),
    );
    await telephony.endConference(unknown);
    expect(requests.map(({ method, path }) => `${method} ${path.split("?")[0]}`)).toEqual([
      `GET ${ROOT}/Conferences.json`,
      `POST ${ROOT}/Conferences/${CONFERENCE}.json`,
    ]);
    expect(requests[0]?.path).toContain(`FriendlyName=${CALL}`);
    expect(requests[1]?.form).toEqual({ Status: ["completed"] });
  });

  it.each([[list()], [list("completed")]])(
    "needs nothing done when there is none that lives",
    async (none) => {
      const { telephony, requests } = await against(() => none);
      await telephony.endConference(unknown);
      expect(requests).toHaveLength(1);
    },
  );
});

it("a customer who is taken out of the conference goes on with its action, or has hung up before", async () => {
  const { telephony, requests } = await against(() => restError(400, 21220));
  await telephony.release({ call: CALL, callSid: CALL as string as CallSid, stay: 2 });
  const Url = [`https://calls.example.com/conference/${CALL}/left/customer?stay=2${SOON}`];
  expect(requests).toMatchObject([{ path: `${ROOT}/Calls/${CALL}.json`, form: { Url, Method: ["POST"] } }]);
});

describe("credentials", () => {
  it.each([
    "https://api.example.com",
    "http://10.0.0.1:4010",
    "http://127.0.0.1.example.com",
    "http://user@localhost:1",
    "ftp://127.0.0.1",
    "127.0.0.1:4010",
    "",
  ])("are not sent to %s", (apiBaseUrl) => {
    expect(() => createTelephony({ ...settings, apiBaseUrl })).toThrow(AppError);
  });
});
