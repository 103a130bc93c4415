import { randomBytes } from "node:crypto";
import type { Timer } from "../clock.ts";
import type { CallMessage, Invite, Line, RingListener } from "../line.ts";
import type { Leg } from "../media/leg.ts";
import type { Connection } from "./connection.ts";
import type { SignallingError } from "./errors.ts";
import { USER_DEFINED } from "./messages.ts";

/** A call that rings or is open on one device. Several devices of an identity share a Call SID while it rings. */
export interface BrowserCall {
  invite: Invite;
  /** The device's own name for an outgoing call until it learns the Call SID; null for an incoming one. */
  readonly temporarySid: string | null;
  readonly identity: string;
  readonly ringListener: RingListener;
  /** A page that knows it may take the call over: the SDK sends it after losing a socket, or from a connect token. */
  readonly reconnect: string;
  /** Null while its device is away. */
  connection: Connection | null;
  state: "ringing" | "open" | "ended";
  /** Null until there is an offer. */
  leg: Leg | null;
  /** Our session description, sent again when the device comes back. */
  sdp: string;
  /** The browser's ICE user fragment: another one means other media. */
  browserUfrag: string | null;
  line: Line | null;
  /** Runs while its device is away. */
  grace: Timer | null;
}

export function createCall(
  invite: Invite,
  identity: string,
  ringListener: RingListener,
  connection: Connection,
  temporarySid: string | null = null,
): BrowserCall {
  return {
    invite,
    temporarySid,
    identity,
    ringListener,
    reconnect: randomBytes(24).toString("base64url"),
    connection,
    state: "ringing",
    leg: null,
    sdp: "",
    browserUfrag: null,
    line: null,
    grace: null,
  };
}

/** A message of the app to the page. */
export function tellPage({ connection, invite }: BrowserCall, message: CallMessage): void {
  const { sid, contentType, content } = message;
  connection?.send("message", {
    callsid: invite.callSid,
    content,
    contenttype: contentType,
    messagetype: USER_DEFINED,
    voiceeventsid: sid,
  });
}

/** The calls that have not ended. */
export type BrowserCalls = Set<BrowserCall>;

/** Ends a call here without telling the engine. `tell` is what the device hears of it. */
export function endCall(
  calls: BrowserCalls,
  call: BrowserCall,
  tell: "cancel" | "hangup" | "nothing",
  error?: SignallingError,
): void {
  if (call.state === "ended") return;
  call.state = "ended";
  calls.delete(call);
  call.grace?.cancel();
  if (tell !== "nothing")
    call.connection?.send(tell, { callsid: call.invite.callSid, ...(error && { error }) });
  call.leg?.close();
}

/** The call of a Call SID, or of the device's own name for it, on one device; without either any call there. */
export function callOn(
  calls: BrowserCalls,
  connection: Connection,
  callSid: string | null,
): BrowserCall | undefined {
  return [...calls].find(
    (call) =>
      call.connection === connection &&
      (callSid === null || call.invite.callSid === callSid || call.temporarySid === callSid),
  );
}
