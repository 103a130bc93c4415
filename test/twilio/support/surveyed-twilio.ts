import { onTestFinished } from "vitest";
import type { Leg } from "../../../src/call/types.ts";
import { createTelephony } from "../../../src/twilio/telephony.ts";
import { type Answer, restError, startRestStandIn } from "./rest-stand-in.ts";
import { AGENT_SID, CALL, CONFERENCE, agentLeg, customerLeg, settings } from "./values.ts";

const ROOT = `/2010-04-01/Accounts/${settings.accountSid}`;
export const NOW = Date.parse("2027-01-15T08:10:00Z");
export const LONG_AGO = NOW - 300_000;
export const rfc2822 = (at: number): string => new Date(at).toUTCString().replace("GMT", "+0000");

type Documents = Record<string, Answer | object>;

/** Surveys a call at a Twilio that has these documents, by path (the query is cut off). Anything else is not there. */
export async function survey(
  documents: Documents,
  legs: readonly Leg[],
  sid: typeof CONFERENCE | null = CONFERENCE,
  ahead = 0,
) {
  const rest = await startRestStandIn(({ path }) => {
    const document = documents[path.split("?")[0]?.replace(ROOT, "") ?? ""];
    if (document === undefined) return restError(404, 20404);
    return "status" in document && "body" in document ? document : { status: 200, body: document };
  });
  onTestFinished(() => rest.close());
  const telephony = createTelephony({ ...settings, apiBaseUrl: rest.url });
  const requests = () => rest.requests.map(({ method, path }) => `${method} ${path.replace(ROOT, "")}`);
  const order = { conference: { name: CALL, sid }, legs, at: NOW, ahead };
  return { found: await telephony.survey(order), requests };
}

export const person = (callSid: string, change: object = {}) => ({
  call_sid: callSid,
  label: null,
  status: "connected",
  hold: false,
  muted: false,
  end_conference_on_exit: false,
  date_created: rfc2822(LONG_AGO),
  ...change,
});
export const people = (...participants: object[]) => ({
  [`/Conferences/${CONFERENCE}/Participants.json`]: { participants, next_page_uri: null },
});
export const conference = (status: string, change: object = {}) => ({
  sid: CONFERENCE,
  status,
  date_updated: rfc2822(NOW - 5_000),
  call_sid_ending_conference: null,
  ...change,
});
export const one = (status: string, change?: object) => ({
  [`/Conferences/${CONFERENCE}.json`]: conference(status, change),
});
export const call = (sid: string, status: string, change: object = {}) => ({
  sid,
  to: "client:agent1",
  status,
  date_created: rfc2822(LONG_AGO),
  date_updated: rfc2822(NOW),
  end_time: null,
  ...change,
});
export const calls = (...all: ReturnType<typeof call>[]) =>
  Object.fromEntries(all.map((each) => [`/Calls/${each.sid}.json`, each]));
export const dialledTo = (...found: object[]) => ({ "/Calls.json": { calls: found, next_page_uri: null } });

export const customer = customerLeg();
export const agent = agentLeg({ dialledAt: LONG_AGO });
export const about = { label: agent.label, callSid: AGENT_SID };
