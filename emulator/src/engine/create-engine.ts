import type { Clock } from "../clock.ts";
import type { ClipLibrary } from "../media/clips.ts";
import type { Mixer } from "../media/port.ts";
import type { Quirks } from "../quirks.ts";
import type { World } from "../types.ts";
import type { AppSockets } from "../webhooks/app-socket.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";
import { type FaultBook } from "../faults/create-faults.ts";
import { spoilWebhooks } from "../faults/spoil-webhooks.ts";
import { receiveMessage, sendMessage, subscribe, unsubscribe } from "./call-messages.ts";
import { type Core, warn } from "./core.ts";
import { createParticipant } from "./create-participant.ts";
import { dequeue } from "./dequeue.ts";
import { endLeg } from "./end-leg.ts";
import type { Engine, EngineEvent } from "./engine.ts";
import { hearing, soundHeard } from "./hearing.ts";
import { createOutbox } from "./outbox.ts";
import { placeCall } from "./place-call.ts";
import { receiveCall } from "./receive-call.ts";
import { devicesAt } from "./ring-devices.ts";
import { createTurns } from "./turns.ts";
import { createStream, stopStream } from "./update-stream.ts";
import { updateCall } from "./update-call.ts";
import { recordCall, updateRecording } from "./update-recording.ts";
import { removeParticipant, updateConference, updateParticipant } from "./update-participant.ts";

export interface EngineParts {
  world: World;
  clock: Clock;
  mixer: Mixer;
  clips: ClipLibrary;
  quirks: Quirks;
  maxCallSeconds: number;
  webhooks: Webhooks;
  sockets: AppSockets;
  address: () => string;
  faults: FaultBook;
}

function createCore(
  { faults, ...parts }: EngineParts,
  listeners: Set<(event: EngineEvent) => void>,
  closing: AbortSignal,
): Core {
  const turns = createTurns(() => parts.sockets.flush());
  const { clock } = parts;
  const core: Core = {
    ...parts,
    turns,
    webhooks: spoilWebhooks(parts.webhooks, { faults, clock, turns, closing }),
    legs: new Map(),
    devices: new Set(),
    queueDials: new Set(),
    recorders: new Map(),
    streams: new Map(),
    outbox: createOutbox(turns, parts.quirks.endOrder),
    receiveCall: (caller) => receiveCall(core, caller),
    emit: (event) => listeners.forEach((listener) => listener(event)),
  };
  return core;
}

async function closeCore(core: Core): Promise<void> {
  core.outbox.close();
  for (const leg of core.legs.values())
    endLeg(core, leg, { status: leg.call.status === "in-progress" ? "completed" : "canceled" });
  core.mixer.close();
  await core.sockets.close();
}

/** An engine at rest. It asks nothing of the network but through `webhooks`, and of time but through `clock`. */
export function createEngine(parts: EngineParts): Engine {
  const listeners = new Set<(event: EngineEvent) => void>();
  const closing = new AbortController();
  const core = createCore(parts, listeners, closing.signal);
  return {
    world: core.world,
    createCall: (order) => placeCall(core, order),
    updateCall: (call, change) => updateCall(core, call, change),
    createParticipant: (room, order) => createParticipant(core, room, order),
    updateParticipant: (conference, p, change) => updateParticipant(core, conference, p, change),
    removeParticipant: (conference, p) => removeParticipant(core, conference, p),
    updateConference: (conference, change) => updateConference(core, conference, change),
    recordCall: (call, order) => recordCall(core, call, order),
    updateRecording: (recording, change) => updateRecording(core, recording, change),
    createStream: (call, order) => createStream(core, call, order),
    stopStream: (call, key) => stopStream(core, call, key),
    dequeue: (queue, callSid, voice) => dequeue(core, queue, callSid, voice),
    sendMessage: (call, content, key) => sendMessage(core, call, content, key),
    subscribe: (call, callback, key) => subscribe(core, call, callback, key),
    unsubscribe: (call, sid) => unsubscribe(core, call, sid),
    receiveMessage: (callSid, message) => receiveMessage(core, callSid, message),
    receiveCall: (caller) => core.receiveCall(caller),
    addDevice(device) {
      core.devices.add(device);
      return () => void core.devices.delete(device);
    },
    isReachable: (address) => devicesAt(core, address).length > 0,
    hearing: () => hearing(core),
    hearsSound: (callSid) => soundHeard(core, callSid),
    settled: () => core.turns.settled(),
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    warn: (warning) => warn(core, warning),
    close() {
      closing.abort();
      return closeCore(core);
    },
  };
}
