import type Twilio from "twilio/lib/rest/Twilio.js";
import type { Survey } from "../../../call/inputs.ts";
import type { CallSid, Label, Leg } from "../../../call/types.ts";
import { addressOf } from "../../addresses.ts";
import type { TwilioSettings } from "../../settings.ts";
import { endByStatus } from "../../webhooks/facts.ts";
import { ifThere } from "../errors.ts";
import { type Asked, timeOf } from "./times.ts";

type Call = Awaited<ReturnType<ReturnType<Twilio["calls"]>["fetch"]>>;

/** Largest error of Twilio's times by our clock, in ms, including whole seconds. */
const CLOCKS_DIFFER = 2_000;
/** Newest calls to one address; more are not needed. */
const NEWEST = 20;

function read(label: Label, call: Call, asked: Asked): Partial<Survey> {
  const leg = { label, callSid: call.sid as CallSid };
  const end = endByStatus(call.status, call.to);
  if (end) {
    const endedAt = timeOf(call.endTime, asked, timeOf(call.dateUpdated, asked));
    return { facts: [{ kind: "leg-ended", at: endedAt, ...leg, end }] };
  }
  // The answer time is unknown: `start_time` may be the time of the dial.
  const kind = call.status === "ringing" ? "leg-ringing" : "leg-dialled";
  return { facts: [{ kind, at: timeOf(call.dateCreated, asked), ...leg }], alive: [label] };
}

/**
 * Matches a call to a dial whose response was lost: to the same address, after the dial. Calls have no label, and the
 * server dials an address once at a time.
 */
function isOf(leg: Leg, { dateCreated }: Call, asked: Asked): boolean {
  const created = timeOf(dateCreated, asked, NaN);
  const until = leg.end === null ? Infinity : (leg.leftAt ?? leg.dialledAt) - CLOCKS_DIFFER;
  return created >= leg.dialledAt - CLOCKS_DIFFER && created <= until;
}

export function createLookAtCall(
  client: Twilio,
  { number, generationOf }: Required<Pick<TwilioSettings, "number" | "generationOf">>,
) {
  // Not filtered by StartTime, which a queued call lacks.
  const search = async (leg: Leg, others: ReadonlySet<string>, asked: Asked): Promise<Call | undefined> => {
    if (leg.party.kind === "customer") return undefined;
    const to = await addressOf(leg.party, generationOf);
    const found = await client.calls.list({ to, from: number, limit: NEWEST });
    return found.find((call) => !others.has(call.sid) && isOf(leg, call, asked));
  };
  /** Surveys a leg that the conference does not show. @param legs all of the call */
  return async (leg: Leg, legs: readonly Leg[], asked: Asked): Promise<Partial<Survey>> => {
    const others = new Set(legs.flatMap(({ callSid }) => callSid ?? []));
    const call =
      leg.callSid === null
        ? await search(leg, others, asked)
        : await ifThere(client.calls(leg.callSid).fetch());
    return call ? read(leg.label, call, asked) : { unknown: [leg.label] };
  };
}
