import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import { type CallId, type CallRecord, CUSTOMER, type Leg } from "../../call/types.ts";
import type { Addresses } from "../addresses.ts";
import { CALL_SID } from "../webhooks/shapes.ts";

const EVENTS = ["start", "end", "join", "leave", "mute", "hold", "modify"] as const;

type Joining = Pick<Leg, "label" | "endsConference">;

function build(call: CallId, { label, endsConference }: Joining, addresses: Addresses): string {
  const document = new VoiceResponse();
  const dial = document.dial({ action: addresses.left(call, label), method: "POST" });
  dial.conference(
    {
      startConferenceOnEnter: label !== CUSTOMER,
      endConferenceOnExit: endsConference,
      participantLabel: label,
      beep: "false",
      waitUrl: addresses.wait(0),
      waitMethod: "POST",
      statusCallback: addresses.conferenceEvents,
      statusCallbackEvent: [...EVENTS],
      statusCallbackMethod: "POST",
    },
    call,
  );
  return document.toString();
}

/** Stands for a call's SID in a document; in no address, and needs no escape in XML. */
const BLANK = "{call}" as CallId;
const CUSTOMERS: Joining = { label: CUSTOMER, endsConference: true };
/** The customers' document around the call's SID: building it anew took a fifth of a new call's time. */
const customersDocument = new WeakMap<Addresses, string[]>();

function customerJoins(call: CallId, addresses: Addresses): string {
  const pieces = customersDocument.get(addresses) ?? build(BLANK, CUSTOMERS, addresses).split(BLANK);
  customersDocument.set(addresses, pieces);
  return pieces.join(call);
}

/**
 * Puts a leg into its call's conference (www.twilio.com/docs/voice/twiml/conference). The customer waits until an agent
 * starts the conference; whether the leg's exit ends it, the record says. The status callback is given with every leg,
 * because the first to join sets it. The `action` answers when the conference is over for this leg.
 */
export function joinConference(call: CallRecord, leg: Leg, addresses: Addresses): string {
  // Filled in as it is: only what is known to need no escape.
  const isUsual = leg.label === CUSTOMER && leg.endsConference && CALL_SID.test(call.id);
  return isUsual ? customerJoins(call.id, addresses) : build(call.id, leg, addresses);
}
