import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import { type CallRecord, CUSTOMER, type Leg } from "../../call/types.ts";
import type { Addresses } from "../addresses.ts";

const EVENTS = ["start", "end", "join", "leave", "mute", "hold", "modify"] as const;

/**
 * Puts a leg into its call's conference (www.twilio.com/docs/voice/twiml/conference). The customer waits until an agent
 * starts the conference; whether the leg's exit ends it, the record says. The status callback is given with every leg,
 * because the first to join sets it. The `action` answers when the conference is over for this leg.
 */
export function joinConference(call: CallRecord, leg: Leg, addresses: Addresses): string {
  const isCustomer = leg.label === CUSTOMER;
  const document = new VoiceResponse();
  const dial = document.dial({ action: addresses.left(call.id, leg.label), method: "POST" });
  dial.conference(
    {
      startConferenceOnEnter: !isCustomer,
      endConferenceOnExit: leg.endsConference,
      participantLabel: leg.label,
      beep: "false",
      waitUrl: addresses.wait(0),
      waitMethod: "POST",
      statusCallback: addresses.conferenceEvents,
      statusCallbackEvent: [...EVENTS],
      statusCallbackMethod: "POST",
    },
    call.id,
  );
  return document.toString();
}
