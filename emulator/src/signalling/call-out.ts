import type { Caller, RingListener } from "../line.ts";
import { iceUfrag } from "../media/leg.ts";
import { type BrowserCall, createCall, endCall } from "./browser-call.ts";
import { createBrowserLine } from "./browser-line.ts";
import type { Connection } from "./connection.ts";
import { type SignallingError, signallingErrors } from "./errors.ts";
import type { ClientMessage } from "./messages.ts";
import type { Signalling } from "./signalling.ts";
import type { Session } from "./token.ts";

type Invitation = Extract<ClientMessage, { type: "invite" }>;

/** A token without an identity is for callers who need no name. */
const NAMELESS = "Anonymous";

const DECLINED = 603;

/** The message to the device about a call that ends without an answer; none if the device gave up. */
function failureOf(
  { engine }: Signalling,
  callSid: string,
  status: Parameters<Caller["ended"]>[0],
): SignallingError | undefined {
  const wasDeclined = engine.world.calls.get(callSid)?.sipResponseCode === DECLINED;
  const failures = {
    busy: signallingErrors.busy,
    "no-answer": wasDeclined ? signallingErrors.declined : signallingErrors.notAnswered,
    failed: signallingErrors.notFound,
    // The TwiML ended, and the dialled side did not answer.
    completed: signallingErrors.declined,
    canceled: undefined,
  };
  return failures[status];
}

/** An outgoing call has nothing to ring: whatever ends it here is the caller's hanging up. */
function hangUpOf(call: () => BrowserCall): RingListener {
  const hangUp = (): void => call().line?.listener.hungUp();
  return { ringing() {}, answered() {}, busy() {}, declined: hangUp, unreachable: hangUp };
}

/** The browser as the engine's caller. */
function callerOf(signalling: Signalling, call: BrowserCall, application: Caller["application"]): Caller {
  const { calls } = signalling;
  return {
    from: call.invite.from,
    to: "",
    ...(application && { application }),
    line: (call.line = createBrowserLine(calls, call)),
    ringing: (callsid) => call.connection?.send("ringing", { callsid }),
    answered() {
      call.state = "open";
      const { invite, sdp, reconnect } = call;
      call.connection?.send("answer", { callsid: invite.callSid, sdp, reconnect });
    },
    ended(status) {
      const wasAnswered = call.state === "open";
      const failure = wasAnswered ? undefined : failureOf(signalling, call.invite.callSid, status);
      endCall(calls, call, "hangup", failure);
    },
  };
}

/**
 * `device.connect()`: a call to the application that the access token names. The device calls it by a name of its own until
 * `ringing` brings the Call SID.
 * @returns why it is refused
 */
export async function callOut(
  signalling: Signalling,
  connection: Connection,
  { applicationSid, identity }: Session,
  { callSid: temporarySid, sdp, parameters }: Invitation,
): Promise<SignallingError | undefined> {
  const { engine, legs, calls, issuers } = signalling;
  if (applicationSid === null) return signallingErrors.notAllowed;
  if (!engine.world.applications.has(applicationSid)) return signallingErrors.noApplication;
  const from = `client:${identity || NAMELESS}`;
  const invite = { callSid: temporarySid, from, to: "", accountSid: issuers.accountSid, parameters };
  const call: BrowserCall = createCall(
    invite,
    identity,
    hangUpOf(() => call),
    connection,
    temporarySid,
  );
  const leg = await legs.make();
  try {
    call.sdp = await leg.answer(sdp);
  } catch {
    leg.close();
    return signallingErrors.connection;
  }
  call.leg = leg;
  call.browserUfrag = iceUfrag(sdp) ?? null;
  calls.add(call);
  const { sid } = engine.receiveCall(callerOf(signalling, call, { sid: applicationSid, parameters }));
  call.invite = { ...invite, callSid: sid };
  return undefined;
}
