import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import { legLimitOf, stayLimitOf } from "../../call/legs.ts";
import { type CallId, type CallRecord, CUSTOMER, type Leg } from "../../call/types.ts";
import type { Addresses } from "../addresses.ts";
import { CALL_SID } from "../webhooks/shapes.ts";

const EVENTS = ["start", "end", "join", "leave", "mute", "hold", "modify"] as const;

interface Joining extends Pick<Leg, "label" | "endsConference"> {
  /** Seconds; undefined: Twilio's four hours. */
  timeLimit: number | undefined;
  /** How often the customer has come back. */
  stay: number;
}

function joinDocument(
  call: CallId,
  { label, endsConference, timeLimit, stay }: Joining,
  addresses: Addresses,
): VoiceResponse {
  const document = new VoiceResponse();
  const limit = timeLimit === undefined ? {} : { timeLimit };
  const dial = document.dial({ action: addresses.left(call, label, stay), method: "POST", ...limit });
  dial.conference(
    {
      startConferenceOnEnter: label !== CUSTOMER,
      endConferenceOnExit: endsConference,
      participantLabel: label,
      beep: "false",
      waitUrl: addresses.wait(stay === 0 ? 0 : "back"),
      waitMethod: "POST",
      statusCallback: addresses.conferenceEvents,
      statusCallbackEvent: [...EVENTS],
      statusCallbackMethod: "POST",
    },
    call,
  );
  return document;
}

/** Stands for a call's SID in a document; in no address, and needs no escape in XML. */
const BLANK = "{call}" as CallId;
/** The customers' document around the call's SID: building it anew took a fifth of a new call's time. */
const customersDocument = new WeakMap<Addresses, { timeLimit: number | undefined; pieces: string[] }>();

function customerJoins({ id, timeLimit }: CallRecord, addresses: Addresses): string {
  let known = customersDocument.get(addresses);
  if (!known || known.timeLimit !== timeLimit) {
    const joining = { label: CUSTOMER, endsConference: true, timeLimit, stay: 0 };
    known = { timeLimit, pieces: joinDocument(BLANK, joining, addresses).toString().split(BLANK) };
    customersDocument.set(addresses, known);
  }
  return known.pieces.join(id);
}

/**
 * Puts a leg into its call's conference (www.twilio.com/docs/voice/twiml/conference). The customer waits until an agent
 * starts the conference; whether the leg's exit ends it, the record says. The status callback is given with every leg,
 * because the first to join sets it. The `action` answers when the conference is over for this leg.
 */
export function joinConference(call: CallRecord, leg: Leg, addresses: Addresses): string {
  const { label, endsConference } = leg;
  const stay = label === CUSTOMER ? (call.returns ?? []).length : 0;
  // Filled in as it is: only what is known to need no escape.
  const isUsual = label === CUSTOMER && endsConference && stay === 0 && CALL_SID.test(call.id);
  if (isUsual) return customerJoins(call, addresses);
  const timeLimit = label === CUSTOMER ? stayLimitOf(call) : legLimitOf(call);
  return joinDocument(call.id, { label, endsConference, timeLimit, stay }, addresses).toString();
}
