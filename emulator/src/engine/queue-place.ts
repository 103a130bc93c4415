import type { MemberState, QueueState } from "../world/queue-state.ts";
import { averageWait, positionOf, waitOf } from "../world/queues.ts";
import type { Core } from "./core.ts";
import type { Leg, QueuePlace, QueueResult } from "./leg.ts";

/** A member's place, out of the queue. */
function takeOut(core: Core, place: QueuePlace): QueuePlace {
  place.queue.members.delete(place.leg.call.sid);
  place.leftAt = core.clock.now();
  place.stage = "connecting";
  place.stopMusic();
  return place;
}

/** Takes the one at the front, if any. */
export function takeFront(core: Core, queue: QueueState): QueuePlace | undefined {
  const [member] = queue.members.values();
  const place = member && core.legs.get(member.callSid)?.queued;
  return place ? takeOut(core, place) : undefined;
}

/**
 * Puts a call at the end of a queue; who waits for one gets it at once.
 * @param finish called once with the result, unless the call ends or gets other TwiML before
 */
export function joinQueue(
  core: Core,
  leg: Leg,
  queue: QueueState,
  parts: { stopMusic: () => void; finish: (result: QueueResult) => void },
): QueuePlace {
  const member: MemberState = { callSid: leg.call.sid, dateEnqueued: core.clock.now() };
  queue.members.set(member.callSid, member);
  const place: QueuePlace = { leg, queue, member, leftAt: null, stage: "waiting", ...parts };
  leg.queued = place;
  return place;
}

/** Gives a new member to the `<Dial>` that has waited longest. */
export function offerMember(core: Core, place: QueuePlace): void {
  const dial = [...core.queueDials].find(({ queue }) => queue === place.queue);
  if (dial) dial.take(takeOut(core, place));
}

/** Ends a place: the call waits no more and its music stops. */
export function leaveQueue(core: Core, place: QueuePlace): void {
  place.queue.members.delete(place.leg.call.sid);
  place.leftAt ??= core.clock.now();
  place.stopMusic();
  if (place.leg.queued === place) place.leg.queued = null;
}

/** What `waitUrl` is requested with (www.twilio.com/docs/voice/twiml/enqueue#attributes-waiturl). */
export function waitFields(core: Core, { leg, queue, member }: QueuePlace): Record<string, string> {
  const now = core.clock.now();
  return {
    QueueSid: queue.sid,
    QueuePosition: String(positionOf(queue, leg.call.sid)),
    QueueTime: String(waitOf(member, now)),
    AvgQueueTime: String(averageWait(queue, now)),
    CurrentQueueSize: String(queue.members.size),
    MaxQueueSize: String(queue.maxSize),
  };
}

/** The queue and the seconds in it. */
export function queueFields(core: Core, { queue, member, leftAt }: QueuePlace): Record<string, string> {
  return { QueueSid: queue.sid, QueueTime: String(waitOf(member, leftAt ?? core.clock.now())) };
}
