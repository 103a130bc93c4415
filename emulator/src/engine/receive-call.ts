import type { Caller } from "../line.ts";
import type { CallState, Hook } from "../types.ts";
import { hooksOf } from "../world/addresses.ts";
import { isOver, newCall } from "../world/calls.ts";
import { listenTo } from "./connect-leg.ts";
import { type Core, warn } from "./core.ts";
import { endLeg } from "./end-leg.ts";
import { type Leg, newLeg } from "./leg.ts";
import { reportCall } from "./report-call.ts";
import { type Source, runCall } from "./run-call.ts";

/** Where a call that comes in goes. */
interface Destination {
  phoneNumberSid: string | null;
  voice: Hook | null;
  fallback: Hook | null;
  statusCallback: Hook | null;
  /** `AP…`; null: the number's own addresses count. */
  applicationSid: string | null;
  /** Why there is nothing to run; null when there is a voice URL. */
  problem: string | null;
}

const NOWHERE = {
  phoneNumberSid: null,
  voice: null,
  fallback: null,
  statusCallback: null,
  applicationSid: null,
};

function applicationDestination({ world }: Core, sid: string): Destination {
  const application = world.applications.get(sid);
  if (!application) return { ...NOWHERE, problem: `There is no application ${sid}` };
  const problem = application.voiceUrl === "" ? `The application ${sid} has no voice URL` : null;
  return { ...NOWHERE, ...hooksOf(application), applicationSid: sid, problem };
}

/** Twilio ignores a number's addresses when a trunk or an application is set. */
function numberDestination(core: Core, to: string): Destination {
  const number = [...core.world.numbers.values()].find(({ phoneNumber }) => phoneNumber === to);
  if (!number) return { ...NOWHERE, problem: `${to} is not a number of this account` };
  const { sid: phoneNumberSid, trunkSid, voiceApplicationSid, voiceUrl } = number;
  const own = { ...NOWHERE, ...hooksOf(number), phoneNumberSid };
  if (trunkSid !== "") return { ...own, problem: "The number has a trunk: the emulator has none" };
  if (voiceApplicationSid !== "")
    return { ...applicationDestination(core, voiceApplicationSid), phoneNumberSid };
  return { ...own, problem: voiceUrl === "" ? "The number has no voice URL" : null };
}

function begin(core: Core, leg: Leg, source: Source | null, problem: string | null): void {
  const { call, caller } = leg;
  if (isOver(call)) return;
  caller?.ringing(call.sid);
  if (problem !== null || !source) {
    warn(core, { callSid: call.sid, code: 11100, message: problem ?? "No voice URL" });
    return endLeg(core, leg, { status: "failed" });
  }
  if (!isOver(call)) runCall(core, leg, source);
}

function connectWith({ world }: Core, call: CallState, sid: string | undefined): void {
  const dialling = sid === undefined ? undefined : world.calls.get(sid);
  if (!dialling) return;
  call.counterpart = dialling.sid;
  dialling.counterpart = call.sid;
}

/** A caller rings one of our numbers, or a browser or another call calls an application. Runs the TwiML of the voice URL. */
export function receiveCall(core: Core, caller: Caller): CallState {
  const { from, to, application } = caller;
  const { voice, fallback, statusCallback, applicationSid, phoneNumberSid, problem } = application
    ? applicationDestination(core, application.sid)
    : numberDestination(core, to);
  const given = { direction: "inbound", from, to, status: "ringing", phoneNumberSid } as const;
  const call = newCall(given, core.clock.now());
  Object.assign(call, { voice, fallback });
  connectWith(core, call, application?.dialledBy);
  const parameters: Record<string, string> =
    applicationSid === null ? {} : { ApplicationSid: applicationSid };
  const leg = newLeg(call, { caller, numberCallback: statusCallback, parameters });
  core.world.calls.set(call.sid, call);
  core.legs.set(call.sid, leg);
  listenTo(core, leg, caller.line);
  reportCall(core, leg, null, null);
  const source = voice && { hook: voice, params: application?.parameters ?? {} };
  core.turns.later(() => begin(core, leg, source, problem));
  return call;
}
