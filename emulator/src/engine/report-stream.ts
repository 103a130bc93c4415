import type { Hook } from "../types.ts";
import type { StreamState } from "../world/stream-state.ts";
import type { Core } from "./core.ts";
import { notify } from "./notify.ts";

/** www.twilio.com/docs/voice/twiml/stream#statuscallback */
export const STREAM_EVENTS = ["stream-started", "stream-stopped", "stream-error"] as const;

/** Sends a stream's status callback, if it has one. @param error of `stream-error` */
export function reportStream(
  core: Core,
  stream: StreamState,
  hook: Hook | null,
  event: (typeof STREAM_EVENTS)[number],
  error: string | null = null,
): void {
  if (!hook) return;
  const { sid, callSid, name } = stream;
  const params: Record<string, string> = {
    AccountSid: core.world.account.accountSid,
    CallSid: callSid,
    StreamSid: sid,
    StreamName: name ?? sid,
    StreamEvent: event,
    Timestamp: new Date(core.clock.now()).toISOString(),
    ...(error !== null && { StreamError: error }),
  };
  const notice = { kind: "stream-status", hook, params, callSid, conferenceSid: null } as const;
  core.outbox.add({ place: null, conferenceSid: null, send: () => notify(core, notice) });
}
