import type { Clock } from "../clock.ts";
import type { Caller, Device } from "../line.ts";
import type { ClipLibrary } from "../media/clips.ts";
import type { Mixer } from "../media/port.ts";
import type { Quirks } from "../quirks.ts";
import type { CallState, World } from "../types.ts";
import type { RecordingState } from "../world/recording-state.ts";
import type { StreamState } from "../world/stream-state.ts";
import { readOverrides } from "../webhooks/overrides.ts";
import type { AppSockets } from "../webhooks/app-socket.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";
import type { EngineEvent } from "./engine.ts";
import type { Leg, QueueDial } from "./leg.ts";
import type { Outbox } from "./outbox.ts";
import type { Turns } from "./turns.ts";

/** The dependencies of every part of the engine. */
export interface Core {
  readonly world: World;
  readonly clock: Clock;
  readonly mixer: Mixer;
  readonly clips: ClipLibrary;
  readonly quirks: Quirks;
  /** The longest that a call of this account may be in progress. */
  readonly maxCallSeconds: number;
  readonly webhooks: Webhooks;
  readonly sockets: AppSockets;
  /** The emulator's address, in place of `https://api.twilio.com`. */
  readonly address: () => string;
  /** By Call SID; ended calls are not in it. */
  readonly legs: Map<string, Leg>;
  readonly devices: Set<Device>;
  /** Those who wait for the next to join a queue, longest first. */
  readonly queueDials: Set<QueueDial>;
  /** By Recording SID. */
  readonly recorders: Map<string, Recorder>;
  /** Media streams, by Stream SID; ended ones are not in it. */
  readonly streams: Map<string, StreamSession>;
  readonly turns: Turns;
  readonly outbox: Outbox;
  /** A call comes in: from outside, or from one to an application. */
  receiveCall(caller: Caller): CallState;
  emit(event: EngineEvent): void;
}

/** A media stream that is being sent. */
export interface StreamSession {
  readonly stream: StreamState;
  readonly stop: () => void;
}

/** A recording that is being made. */
export interface Recorder {
  readonly recording: RecordingState;
  /** @param behavior whether the pause is left out, or is silence in the recording */
  readonly pause: (behavior: "skip" | "silence") => void;
  readonly resume: () => void;
  readonly stop: () => void;
}

/** Overrides that Twilio would refuse (error 11243). */
export function warnOfOverrides(core: Core, callSid: string | null, url: string): void {
  for (const problem of readOverrides(url).problems)
    warn(core, { callSid, code: 11243, message: problem, url });
}

/** Something that an app's author should see: Twilio would log it, or do nothing in silence. */
export function warn(
  core: Core,
  warning: { callSid: string | null; code: number; message: string; url?: string | null },
): void {
  core.emit({ kind: "warning", url: null, ...warning, at: core.clock.now() });
}
