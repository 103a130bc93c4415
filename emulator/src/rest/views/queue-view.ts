import { averageWait, positionOf, waitOf } from "../../world/queues.ts";
import type { MemberState, QueueState } from "../../world/queue-state.ts";
import type { RestContext } from "../operation.ts";
import { rfc2822 } from "./rfc2822.ts";
import { accountUri } from "./uris.ts";

function uriOf(queue: QueueState, { engine: { world } }: RestContext): string {
  return `${accountUri(world.account.accountSid)}/Queues/${queue.sid}`;
}

/** www.twilio.com/docs/voice/api/queue-resource */
export function queueView(queue: QueueState, context: RestContext) {
  return {
    sid: queue.sid,
    account_sid: context.engine.world.account.accountSid,
    friendly_name: queue.friendlyName,
    current_size: queue.members.size,
    max_size: queue.maxSize,
    average_wait_time: averageWait(queue, context.clock.now()),
    date_created: rfc2822(queue.dateCreated),
    date_updated: rfc2822(queue.dateUpdated),
    uri: `${uriOf(queue, context)}.json`,
  };
}

/** www.twilio.com/docs/voice/api/member-resource */
export function memberView(member: MemberState, queue: QueueState, context: RestContext) {
  return {
    call_sid: member.callSid,
    queue_sid: queue.sid,
    date_enqueued: rfc2822(member.dateEnqueued),
    position: positionOf(queue, member.callSid),
    wait_time: waitOf(member, context.clock.now()),
    uri: `${uriOf(queue, context)}/Members/${member.callSid}.json`,
  };
}
