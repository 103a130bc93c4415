import type { Caller } from "../line.ts";
import type { CallState, Hook, PhoneNumberState } from "../types.ts";
import { isOver, newCall } from "../world/calls.ts";
import { listenTo } from "./connect-leg.ts";
import { type Core, warn } from "./core.ts";
import { endLeg } from "./end-leg.ts";
import { type Leg, newLeg } from "./leg.ts";
import { reportCall } from "./report-call.ts";
import { runCall } from "./run-call.ts";

const hook = (url: string, method: Hook["method"]): Hook | null => (url === "" ? null : { url, method });

/** Why a number cannot take the call: Twilio ignores its addresses when something else is set. */
function problemOf(number: PhoneNumberState | undefined, to: string): string | null {
  if (!number) return `${to} is not a number of this account`;
  if (number.trunkSid !== "") return "The number has a trunk: the emulator has none";
  if (number.voiceApplicationSid !== "") return "The number has an application: the emulator has none";
  return number.voiceUrl === "" ? "The number has no voice URL" : null;
}

function begin(core: Core, leg: Leg, problem: string | null): void {
  const { call, caller } = leg;
  if (isOver(call)) return;
  caller?.ringing(call.sid);
  if (problem !== null || !call.voice) {
    warn(core, { callSid: call.sid, code: 11100, message: problem ?? "No voice URL" });
    return endLeg(core, leg, { status: "failed" });
  }
  if (!isOver(call)) runCall(core, leg, { hook: call.voice });
}

/** Somebody rings one of our numbers: the number's voice URL says what happens. */
export function receiveCall(core: Core, caller: Caller): CallState {
  const number = [...core.world.numbers.values()].find((n) => n.phoneNumber === caller.to);
  const { from, to } = caller;
  const phoneNumberSid = number?.sid ?? null;
  const given = { direction: "inbound", from, to, status: "ringing", phoneNumberSid } as const;
  const call = newCall(given, core.clock.now());
  if (number) {
    call.voice = hook(number.voiceUrl, number.voiceMethod);
    call.fallback = hook(number.voiceFallbackUrl, number.voiceFallbackMethod);
  }
  const numberCallback = number ? hook(number.statusCallback, number.statusCallbackMethod) : null;
  const leg = newLeg(call, { caller, numberCallback });
  core.world.calls.set(call.sid, call);
  core.legs.set(call.sid, leg);
  listenTo(core, leg, caller.line);
  reportCall(core, leg, null, null);
  core.turns.later(() => begin(core, leg, problemOf(number, to)));
  return call;
}
