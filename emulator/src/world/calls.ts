import type { CallState, CallStatus, Direction } from "../types.ts";
import { newSid } from "./sids.ts";

const FINAL: ReadonlySet<CallStatus> = new Set(["completed", "busy", "no-answer", "failed", "canceled"]);

/** True for a call that is over; nothing changes it any more. */
export function isOver(call: { status: CallStatus }): boolean {
  return FINAL.has(call.status);
}

export interface NewCall {
  direction: Direction;
  from: string;
  to: string;
  status: "queued" | "ringing";
  parentCallSid?: string | null;
  phoneNumberSid?: string | null;
}

export function newCall(given: NewCall, now: number): CallState {
  return {
    parentCallSid: null,
    counterpart: null,
    phoneNumberSid: null,
    ...given,
    sid: newSid("CA"),
    dateCreated: now,
    dateUpdated: now,
    startTime: null,
    answeredAt: null,
    endTime: null,
    queueTime: 0,
    voice: null,
    fallback: null,
    statusCallback: null,
    sequence: 0,
    sipResponseCode: null,
    answeredBy: null,
  };
}

/** The address of the phone or browser that the call is about. */
export function farEndOf({ direction, from, to }: Pick<CallState, "direction" | "from" | "to">): string {
  return direction === "inbound" ? from : to;
}

/** Whether it is the call that an application was given because another call dialled it. */
export function isOfApplication({
  direction,
  counterpart,
}: Pick<CallState, "direction" | "counterpart">): boolean {
  return direction === "inbound" && counterpart !== null;
}

/** Moves a call on; never out of an ended state. `start_time` is when it was answered, or, of a call that never was, created. */
export function moveCall(call: CallState, status: CallStatus, now: number): boolean {
  if (isOver(call) || call.status === status) return false;
  call.status = status;
  call.dateUpdated = now;
  if (status === "in-progress") call.startTime = call.answeredAt = now;
  if (isOver(call)) {
    call.startTime ??= call.dateCreated;
    call.endTime = now;
  }
  return true;
}

/** Whole seconds between answer and end (or now); 0 if never answered. */
export function secondsOf(call: CallState, now: number): number {
  if (call.answeredAt === null) return 0;
  return Math.round(((call.endTime ?? now) - call.answeredAt) / 1000);
}
