import { storyOf } from "../../call/story.ts";
import type { CallRecord } from "../../call/types.ts";
import type { CallSummary, CallView } from "../control-api.ts";
import type { NameOf } from "../names.ts";
import { customerView } from "./customer-view.ts";
import { legView } from "./leg-view.ts";
import { storyEntryView } from "./story-view.ts";
import { transferView } from "./transfer-view.ts";

function stateOf(call: CallRecord): CallView["state"] {
  if (call.endedAt !== null) return "ended";
  if (call.transfers.some((transfer) => transfer.outcome === null)) return "transferring";
  const talking = call.legs.some((leg) => leg.party.kind === "agent" && leg.state === "joined");
  return talking ? "talking" : "waiting";
}

export function callSummary(call: CallRecord, nameOf: NameOf): CallSummary {
  const transfer = call.transfers.at(-1);
  return {
    id: call.id,
    conferenceSid: call.conferenceSid,
    ...customerView(call),
    startedAt: call.startedAt,
    endedAt: call.endedAt,
    state: stateOf(call),
    legs: call.legs.filter((leg) => leg.state !== "left").map((leg) => legView(call, leg, nameOf)),
    transfer: transfer ? transferView(call, transfer, nameOf) : null,
  };
}

export function callView(call: CallRecord, nameOf: NameOf): CallView {
  return {
    ...callSummary(call, nameOf),
    transfers: call.transfers.map((transfer) => transferView(call, transfer, nameOf)),
    story: storyOf(call).map((entry) => storyEntryView(entry, nameOf)),
  };
}
