import type { Hook } from "../types.ts";
import type { QueueState } from "../world/queue-state.ts";
import type { Core } from "./core.ts";
import { TwilioError } from "./engine.ts";
import { queueFields } from "./queue-place.ts";
import { runCall } from "./run-call.ts";
import { isOver } from "../world/calls.ts";

/** UpdateMember: the call leaves the queue and runs the TwiML of an address, which is told of the queue. */
export function dequeue(core: Core, queue: QueueState, callSid: string, voice: Hook): void {
  const leg = core.legs.get(callSid);
  const place = queue.members.has(callSid) ? leg?.queued : null;
  if (!leg || !place) throw new TwilioError(20404, `${callSid} is not in the queue`, 404);
  leg.program?.abort();
  leg.call.voice = voice;
  const params = { QueueResult: "redirected", ...queueFields(core, place) };
  core.turns.later(() => isOver(leg.call) || runCall(core, leg, { hook: voice, params }));
}
