import { type CallRecord, CUSTOMER, type Leg } from "../../call/types.ts";
import type { Addresses } from "../addresses.ts";
import { joinConference } from "./join-conference.ts";
import { sentenceAndHangup } from "./sentence.ts";
import type { Language } from "./sentences.ts";

/** What the voice documents need besides the record. */
export interface Voice {
  addresses: Addresses;
  language: Language;
  /** What a waiting customer hears first, in `language`; null: the tutorial's sentence. */
  greeting: string | null;
}

const mayJoin = (call: CallRecord | undefined, leg: Leg | undefined): boolean =>
  call !== undefined && call.endedAt === null && leg !== undefined && !leg.unwanted && leg.state !== "left";

/** The answer to our number's voice webhook: the customer waits in a conference of their own. */
export function connectCustomer(call: CallRecord | undefined, voice: Voice): string {
  const customer = call?.legs.find((leg) => leg.label === CUSTOMER);
  if (!call || !customer || !mayJoin(call, customer)) return sentenceAndHangup(voice.language, "error");
  return joinConference(call, customer, voice.addresses);
}

/** The answer when an agent has answered: into the conference, or a sentence when the call no longer wants this leg. */
export function connectAgent(call: CallRecord | undefined, leg: Leg | undefined, voice: Voice): string {
  if (!call || !leg || !mayJoin(call, leg)) return sentenceAndHangup(voice.language, "callIsOver");
  return joinConference(call, leg, voice.addresses);
}
