import type { CallState } from "../../types.ts";
import { type Parsed, defineOperation } from "../operation.ts";
import { pageOf, pageParameters } from "../page.ts";
import { isWithin, moment } from "../parameters/dates.ts";
import { oneOf, sid, text } from "../parameters/parsers.ts";
import { callView } from "../views/call-view.ts";

const statuses = [
  "queued",
  "ringing",
  "in-progress",
  "completed",
  "busy",
  "no-answer",
  "failed",
  "canceled",
] as const;

const filters = {
  To: text,
  From: text,
  ParentCallSid: sid("CA"),
  Status: oneOf(...statuses),
  StartTime: moment,
  "StartTime<": moment,
  "StartTime>": moment,
  EndTime: moment,
  "EndTime<": moment,
  "EndTime>": moment,
};

function isWanted(call: CallState, wanted: Parsed<typeof filters>): boolean {
  const { To, From, ParentCallSid, Status } = wanted;
  const started = { on: wanted.StartTime, before: wanted["StartTime<"], after: wanted["StartTime>"] };
  const ended = { on: wanted.EndTime, before: wanted["EndTime<"], after: wanted["EndTime>"] };
  return (
    (To === undefined || call.to === To) &&
    (From === undefined || call.from === From) &&
    (ParentCallSid === undefined || call.parentCallSid === ParentCallSid) &&
    (Status === undefined || call.status === Status) &&
    isWithin(call.startTime, started) &&
    isWithin(call.endTime, ended)
  );
}

/** Newest first. */
export const listCalls = defineOperation({
  name: "ListCall",
  method: "GET",
  path: "/{AccountSid}/Calls.json",
  parameters: { ...pageParameters, ...filters },
  run: ({ context, parameters, fields, uri }) => {
    const { world } = context.engine;
    return pageOf({
      key: "calls",
      all: context.listed.calls(),
      wanted: (call) => isWanted(call, parameters),
      sidOf: (call) => call.sid,
      show: (call) => callView(call, world),
      parameters,
      fields,
      uri,
    });
  },
});
