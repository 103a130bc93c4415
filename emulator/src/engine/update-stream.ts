import type { CallState } from "../types.ts";
import type { StreamState } from "../world/stream-state.ts";
import type { Core } from "./core.ts";
import { type Engine, TwilioError } from "./engine.ts";
import { startStream } from "./stream-session.ts";

/** CreateStream. @throws TwilioError 21220 for a call that is not in progress */
export function createStream(
  core: Core,
  call: CallState,
  order: Parameters<Engine["createStream"]>[1],
): StreamState {
  const leg = core.legs.get(call.sid);
  if (!leg || call.status !== "in-progress")
    throw new TwilioError(21220, "Invalid call state: the call is not in-progress");
  return startStream(core, leg, { ...order, isBidirectional: false }).stream;
}

/** UpdateStream. @param key its SID or its name */
export function stopStream(core: Core, call: CallState, key: string): StreamState | undefined {
  const session = [...core.streams.values()].find(
    ({ stream }) => stream.callSid === call.sid && (stream.sid === key || stream.name === key),
  );
  session?.stop();
  return session?.stream;
}
