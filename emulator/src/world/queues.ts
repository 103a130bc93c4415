import type { World } from "../types.ts";
import type { MemberState, QueueState } from "./queue-state.ts";
import { newSid } from "./sids.ts";

/** www.twilio.com/docs/voice/api/queue-resource */
const DEFAULT_QUEUE_SIZE = 1_000;
export const MOST_QUEUE_SIZE = 5_000;
export const LONGEST_QUEUE_NAME = 64;

export function queueNamed(world: World, friendlyName: string): QueueState | undefined {
  return [...world.queues.values()].find((queue) => queue.friendlyName === friendlyName);
}

export function openQueue(
  world: World,
  given: { friendlyName: string; maxSize?: number | undefined },
  now: number,
): QueueState {
  const queue: QueueState = {
    sid: newSid("QU"),
    friendlyName: given.friendlyName,
    maxSize: given.maxSize ?? DEFAULT_QUEUE_SIZE,
    dateCreated: now,
    dateUpdated: now,
    members: new Map(),
  };
  world.queues.set(queue.sid, queue);
  return queue;
}

/** Whole seconds that a member has waited. */
export function waitOf({ dateEnqueued }: Pick<MemberState, "dateEnqueued">, now: number): number {
  return Math.round((now - dateEnqueued) / 1_000);
}

/** The average wait of those who wait now, in whole seconds; 0 for an empty queue. */
export function averageWait({ members }: QueueState, now: number): number {
  const waits = [...members.values()].map((member) => now - member.dateEnqueued);
  if (waits.length === 0) return 0;
  return Math.round(waits.reduce((sum, wait) => sum + wait, 0) / waits.length / 1_000);
}

/** 1 for the front. */
export function positionOf({ members }: QueueState, callSid: string): number {
  return [...members.keys()].indexOf(callSid) + 1;
}
