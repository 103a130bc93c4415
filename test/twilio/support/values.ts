import type {
  AgentId,
  CallId,
  CallRecord,
  CallSid,
  ConferenceSid,
  Label,
  Leg,
} from "../../../src/call/types.ts";
import { createUrls } from "../../../src/twilio/addresses.ts";
import type { TwilioSettings } from "../../../src/twilio/settings.ts";

export const CALL = `CA${"0".repeat(31)}1` as CallId;
export const AGENT_SID = `CA${"a".repeat(32)}` as CallSid;
export const CONFERENCE = `CF${"c".repeat(32)}` as ConferenceSid;
export const LABEL = "agent1-1" as Label;
export const AGENT = "agent1" as AgentId;
export const PUBLIC_URL = "https://calls.example.com";

export const settings: TwilioSettings = {
  accountSid: `AC${"1".repeat(32)}`,
  authToken: "an-auth-token",
  apiKey: `SK${"2".repeat(32)}`,
  apiSecret: "an-api-secret",
  number: "+15550100000",
  maxCallMinutes: 240,
  urls: () => createUrls(PUBLIC_URL),
  apiBaseUrl: null,
};

const leg: Leg = {
  label: "customer" as Label,
  party: { kind: "customer", number: "+15550111111" },
  role: "customer",
  callSid: CALL as string as CallSid,
  state: "ringing",
  dialledAt: 0,
  ringingAt: 0,
  answeredAt: null,
  joinedAt: null,
  leftAt: null,
  leftBecause: null,
  end: null,
  endsConference: true,
  onHold: false,
  holdWanted: false,
  muted: false,
  unwanted: false,
  told: { dialled: true, onHold: false, endsConference: true, muted: false, hungUp: "no" },
};

export const customerLeg = (change: Partial<Leg> = {}): Leg => ({ ...leg, ...change });

export const agentLeg = (change: Partial<Leg> = {}): Leg => ({
  ...leg,
  label: LABEL,
  party: { kind: "agent", agent: AGENT },
  role: "first",
  callSid: AGENT_SID,
  endsConference: false,
  ...change,
});

export const aCall = (change: Partial<CallRecord> = {}): CallRecord => ({
  version: 3,
  id: CALL,
  conferenceSid: null,
  startedAt: 0,
  legs: [customerLeg(), agentLeg()],
  transfers: [],
  passed: {},
  conferenceEnd: null,
  endRequested: null,
  toldToEnd: false,
  endedAt: null,
  endedBy: null,
  deadline: null,
  revision: 1,
  ...change,
});
