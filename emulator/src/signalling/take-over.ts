import { iceUfrag } from "../media/leg.ts";
import { type BrowserCall, endCall } from "./browser-call.ts";
import { openCall } from "./browser-line.ts";
import type { Connection } from "./connection.ts";
import { callOut } from "./call-out.ts";
import { type SignallingError, signallingErrors } from "./errors.ts";
import type { ClientMessage } from "./messages.ts";
import type { Signalling } from "./signalling.ts";

type Invitation = Extract<ClientMessage, { type: "invite" }>;

/** The call that the invitation knows the secret of. */
function callOf({ calls }: Signalling, { callSid, reconnect }: Invitation): BrowserCall | undefined {
  return [...calls].find((call) => call.invite.callSid === callSid && call.reconnect === reconnect);
}

/** Answers a browser's offer with new media. False: the call has ended meanwhile. */
export async function renewMedia({ legs }: Signalling, call: BrowserCall, offer: string): Promise<boolean> {
  const leg = await legs.make();
  try {
    call.sdp = await leg.answer(offer);
  } catch (thrown) {
    leg.close();
    throw thrown;
  }
  if (call.state === "ended") {
    leg.close();
    return false;
  }
  const before = call.leg;
  call.leg = leg;
  call.browserUfrag = iceUfrag(offer) ?? null;
  call.line?.listener.audioReplaced(leg.port);
  before?.close();
  return true;
}

function moveTo(call: BrowserCall, connection: Connection): void {
  const { callSid } = call.invite;
  if (call.connection && call.connection !== connection)
    call.connection.send(call.state === "ringing" ? "cancel" : "hangup", { callsid: callSid });
  call.grace?.cancel();
  call.grace = null;
  call.connection = connection;
}

/**
 * A device comes back to a call: after losing its socket, or with a renewed token (both with the same media), or as another
 * page with a connect token (with other media, as the ICE user fragment shows). That answers a call that still rings.
 */
async function takeOver(
  signalling: Signalling,
  connection: Connection,
  call: BrowserCall,
  { callSid, sdp }: Invitation,
): Promise<void> {
  moveTo(call, connection);
  if (iceUfrag(sdp) !== call.browserUfrag && !(await renewMedia(signalling, call, sdp)))
    return connection.send("hangup", { callsid: callSid });
  connection.send("answer", { callsid: callSid, sdp: call.sdp, reconnect: call.reconnect });
  if (call.state === "ringing") openCall(signalling.calls, call);
}

/** `invite` from a browser: a call that it comes back to, or a new one. */
export async function invited(
  signalling: Signalling,
  connection: Connection,
  message: Invitation,
): Promise<void> {
  const { session } = connection;
  const refuse = (error: SignallingError): void =>
    connection.send("hangup", { callsid: message.callSid, error });
  if (!session) return refuse(signallingErrors.token);
  if (message.reconnect === null) {
    const refusal = await callOut(signalling, connection, session, message);
    return refusal ? refuse(refusal) : undefined;
  }
  const call = callOf(signalling, message);
  if (!call) return refuse(signallingErrors.connection);
  try {
    await takeOver(signalling, connection, call, message);
  } catch {
    const wasOpen = call.state === "open";
    endCall(signalling.calls, call, "hangup", signallingErrors.connection);
    if (wasOpen) call.line?.listener.hungUp();
    else call.ringListener.unreachable();
  }
}
