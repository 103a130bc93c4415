import { iceUfrag } from "../media/leg.ts";
import { LONGEST_MESSAGE } from "../world/message-state.ts";
import { callOn, endCall } from "./browser-call.ts";
import { openCall } from "./browser-line.ts";
import type { Connection } from "./connection.ts";
import { signallingErrors } from "./errors.ts";
import { type ClientMessage, USER_DEFINED } from "./messages.ts";
import type { Signalling } from "./signalling.ts";
import { renewMedia } from "./take-over.ts";

type Of<T extends ClientMessage["type"]> = Extract<ClientMessage, { type: T }>;

export function answered({ calls }: Signalling, connection: Connection, message: Of<"answer">): void {
  const call = callOn(calls, connection, message.callSid);
  // Gone: the caller gave up, or another device was faster.
  if (call?.state !== "ringing" || !call.leg) return connection.send("hangup", { callsid: message.callSid });
  try {
    call.leg.accept(message.sdp);
  } catch {
    endCall(calls, call, "hangup", signallingErrors.connection);
    return call.ringListener.unreachable();
  }
  call.browserUfrag = iceUfrag(message.sdp) ?? null;
  connection.send("answer", { callsid: message.callSid, reconnect: call.reconnect });
  openCall(calls, call);
}

export function rejected({ calls }: Signalling, connection: Connection, message: Of<"reject">): void {
  const call = callOn(calls, connection, message.callSid);
  if (call?.state !== "ringing") return;
  endCall(calls, call, "nothing");
  call.ringListener.declined();
}

export function hungUp({ calls }: Signalling, connection: Connection, message: Of<"hangup">): void {
  const call = callOn(calls, connection, message.callSid);
  if (!call) return;
  const wasOpen = call.state === "open";
  endCall(calls, call, "nothing");
  if (wasOpen) call.line?.listener.hungUp();
  else call.ringListener.declined();
}

export function pressed({ calls }: Signalling, connection: Connection, message: Of<"dtmf">): void {
  callOn(calls, connection, message.callSid)?.line?.listener.digits(message.digits);
}

function refusalOf({ calls }: Signalling, connection: Connection, message: Of<"message">) {
  if (message.messageType !== USER_DEFINED) return signallingErrors.messageType;
  // The page's own name for a call does not count: the SDK sends nothing before it knows the Call SID.
  const call = callOn(calls, connection, message.callSid);
  if (call?.invite.callSid !== message.callSid) return signallingErrors.noCall;
  return JSON.stringify(message.content).length > LONGEST_MESSAGE ? signallingErrors.messageSize : null;
}

/** A message of the page to the app: accepted, as Twilio does even if no one has subscribed to such messages. */
export function noted(signalling: Signalling, connection: Connection, message: Of<"message">): void {
  const to = { callsid: message.callSid, voiceeventsid: message.voiceEventSid };
  const error = refusalOf(signalling, connection, message);
  if (error) return connection.send("error", { error, ...to });
  connection.send("ack", { acktype: "message", ...to });
  const { callSid, voiceEventSid: sid, contentType, content } = message;
  signalling.engine.receiveMessage(callSid, { sid, contentType, content });
}

/** An ICE restart: our media library cannot restart, so new media takes the place of the old. */
export async function restarted(
  signalling: Signalling,
  connection: Connection,
  { callSid, sdp }: Of<"reinvite">,
): Promise<void> {
  const call = callOn(signalling.calls, connection, callSid);
  if (call?.state !== "open") return connection.send("hangup", { callsid: callSid });
  if (await renewMedia(signalling, call, sdp))
    connection.send("answer", { callsid: callSid, sdp: call.sdp, reconnect: call.reconnect });
}
