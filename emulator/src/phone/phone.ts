import type { Engine } from "../engine/engine.ts";
import type { Line } from "../line.ts";
import type { Leg, LegMaker } from "../media/leg.ts";
import type { EndStatus, ToPhone } from "./protocol.ts";

/** One open phone page. It has at most one call. */
export interface Phone {
  readonly ownNumber: string;
  readonly engine: Engine;
  readonly legs: LegMaker;
  call: PhoneCall | null;
  send(message: ToPhone): void;
}

export interface PhoneCall {
  state: "ringing" | "open" | "ended";
  leg: Leg;
  line: Line;
  /** Answers a call that rings at this phone; set only for such a call. */
  answer?: (sdp: string) => void;
  decline?: () => void;
}

/** Ends a call here and informs the page, but not the engine. */
export function endCall(
  phone: Phone,
  call: PhoneCall,
  status: EndStatus,
  reason: string | null = null,
): void {
  if (call.state === "ended") return;
  call.state = "ended";
  call.leg.close();
  if (phone.call === call) phone.call = null;
  phone.send({ type: "ended", status, reason });
}

/** A call of this phone, with a line that shows captions on the page. */
export function createCall(phone: Phone, leg: Leg): PhoneCall {
  const line: Line = {
    audio: leg.port,
    listener: { hungUp() {}, digits() {}, audioReplaced() {} },
    hangUp: (error) => endCall(phone, call, error ? "failed" : "completed", error?.message),
    caption: (sentence) => phone.send({ type: "caption", ...sentence }),
  };
  const call: PhoneCall = { state: "ringing", leg, line };
  return call;
}

/** The person at the phone ends the call. */
export function hangUp(phone: Phone): void {
  const { call } = phone;
  if (!call) return;
  if (call.decline) return call.decline();
  endCall(phone, call, "completed");
  call.line.listener.hungUp();
}
