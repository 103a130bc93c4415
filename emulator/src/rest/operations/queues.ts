import { TwilioError } from "../../engine/engine.ts";
import type { World } from "../../types.ts";
import { LONGEST_QUEUE_NAME, MOST_QUEUE_SIZE, openQueue, queueNamed } from "../../world/queues.ts";
import { invalidParameter } from "../errors.ts";
import { findQueue } from "../find.ts";
import { defineOperation } from "../operation.ts";
import { pageOf, pageParameters } from "../page.ts";
import { integer, textUpTo } from "../parameters/parsers.ts";
import { queueView } from "../views/queue-view.ts";

const ALL = "/{AccountSid}/Queues.json";
const ONE = "/{AccountSid}/Queues/{Sid}.json";

const parameters = { FriendlyName: textUpTo(LONGEST_QUEUE_NAME), MaxSize: integer(1, MOST_QUEUE_SIZE) };

/** @throws TwilioError for a name that another queue has, because `<Enqueue>` finds queues by name */
function refuseTaken(world: World, name: string | undefined, sid?: string): void {
  const other = name === undefined ? undefined : queueNamed(world, name);
  if (other && other.sid !== sid) throw new TwilioError(20001, `A queue with the name '${name}' exists`);
}

const createQueue = defineOperation({
  name: "CreateQueue",
  method: "POST",
  path: ALL,
  parameters,
  run: ({ context, parameters: { FriendlyName, MaxSize } }) => {
    const { engine, clock } = context;
    if (!FriendlyName) throw invalidParameter("FriendlyName", "given");
    refuseTaken(engine.world, FriendlyName);
    const settings = { friendlyName: FriendlyName, maxSize: MaxSize };
    return { status: 201, body: queueView(openQueue(engine.world, settings, clock.now()), context) };
  },
});

const listQueues = defineOperation({
  name: "ListQueue",
  method: "GET",
  path: ALL,
  parameters: pageParameters,
  run: ({ context, ...request }) =>
    pageOf({
      key: "queues",
      all: [...context.engine.world.queues.values()].reverse(),
      wanted: () => true,
      sidOf: ({ sid }) => sid,
      show: (queue) => queueView(queue, context),
      ...request,
    }),
});

const fetchQueue = defineOperation({
  name: "FetchQueue",
  method: "GET",
  path: ONE,
  parameters: {},
  run: (place) => ({ status: 200, body: queueView(findQueue(place), place.context) }),
});

const updateQueue = defineOperation({
  name: "UpdateQueue",
  method: "POST",
  path: ONE,
  parameters,
  run: (place) => {
    const { context, parameters: sent } = place;
    const queue = findQueue(place);
    if (sent.FriendlyName === "") throw invalidParameter("FriendlyName", "at least one character");
    refuseTaken(context.engine.world, sent.FriendlyName, queue.sid);
    queue.friendlyName = sent.FriendlyName ?? queue.friendlyName;
    queue.maxSize = sent.MaxSize ?? queue.maxSize;
    queue.dateUpdated = context.clock.now();
    return { status: 200, body: queueView(queue, context) };
  },
});

const deleteQueue = defineOperation({
  name: "DeleteQueue",
  method: "DELETE",
  path: ONE,
  parameters: {},
  run: (place) => {
    const { sid, members } = findQueue(place);
    if (members.size > 0)
      throw new TwilioError(20001, `The queue has ${members.size} members: only an empty one can be deleted`);
    place.context.engine.world.queues.delete(sid);
    return { status: 204, body: null };
  },
});

/** www.twilio.com/docs/voice/api/queue-resource */
export const queueOperations = [createQueue, listQueues, fetchQueue, updateQueue, deleteQueue];
