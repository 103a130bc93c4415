import { TwilioError } from "../../engine/engine.ts";
import { findMember, findQueue } from "../find.ts";
import { defineOperation } from "../operation.ts";
import { pageOf, pageParameters } from "../page.ts";
import { httpMethod } from "../parameters/parsers.ts";
import { hookOf, url } from "../parameters/url.ts";
import { memberView } from "../views/queue-view.ts";

const ONE = "/{AccountSid}/Queues/{QueueSid}/Members/{CallSid}.json";

/** The front first. */
const listMembers = defineOperation({
  name: "ListMember",
  method: "GET",
  path: "/{AccountSid}/Queues/{QueueSid}/Members.json",
  parameters: pageParameters,
  run: (place) => {
    const queue = findQueue(place);
    return pageOf({
      key: "queue_members",
      all: [...queue.members.values()],
      wanted: () => true,
      sidOf: ({ callSid }) => callSid,
      show: (member) => memberView(member, queue, place.context),
      parameters: place.parameters,
      fields: place.fields,
      uri: place.uri,
    });
  },
});

const fetchMember = defineOperation({
  name: "FetchMember",
  method: "GET",
  path: ONE,
  parameters: {},
  run: (place) => {
    const { member, queue } = findMember(place);
    return { status: 200, body: memberView(member, queue, place.context) };
  },
});

/** Takes the call out of the queue; it answers what the member was. */
const updateMember = defineOperation({
  name: "UpdateMember",
  method: "POST",
  path: ONE,
  parameters: { Url: url(), Method: httpMethod() },
  run: (place) => {
    const { context, parameters } = place;
    const { member, queue } = findMember(place);
    const voice = hookOf(parameters.Url, parameters.Method, "POST");
    if (!voice) throw new TwilioError(21205, "Url parameter is required.");
    const body = memberView(member, queue, context);
    context.engine.dequeue(queue, member.callSid, voice);
    return { status: 200, body };
  },
});

/** www.twilio.com/docs/voice/api/member-resource */
export const memberOperations = [listMembers, fetchMember, updateMember];
