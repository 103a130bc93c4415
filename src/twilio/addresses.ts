import type { CallId, Label } from "../call/types.ts";

/**
 * Retries for notices: by default Twilio repeats only a failed connection, and a notice that is lost is never sent again
 * (www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides). Repeats are harmless here. The fragment is neither
 * sent nor signed.
 */
const RETRIED = "#rc=3&rp=ct,rt,5xx";

/**
 * Retries for a request that somebody on the line waits for. Twilio takes 15 s for all attempts together, as long as it waits for
 * one answer unless told otherwise; ours comes within 4 s.
 */
const RETRIED_SOON = "#rc=2&ct=4000&rt=5000&rp=ct,rt,5xx";

/** Every absolute address that Twilio is told, from the configured public URL and never from a request's headers. */
export interface Addresses {
  /** Where a customer's call comes in: the number's voice URL. */
  incoming: string;
  connect(call: CallId, label: Label): string;
  /** The `action` after a leg's `<Dial>`. */
  left(call: CallId, label: Label): string;
  /** `round`: 0 for who has just come, 1 for who has waited for long. */
  wait(round: 0 | 1): string;
  hold: string;
  sound: string;
  fallback: string;
  conferenceEvents: string;
  callEvents(call: CallId, label: Label): string;
  /** The number's own status callback. */
  numberEvents: string;
}

/** @param publicUrl without a trailing slash */
export function createAddresses(publicUrl: string): Addresses {
  return {
    incoming: `${publicUrl}/conference/connect/client${RETRIED_SOON}`,
    connect: (call, label) => `${publicUrl}/conference/${call}/connect/${label}${RETRIED_SOON}`,
    left: (call, label) => `${publicUrl}/conference/${call}/left/${label}${RETRIED_SOON}`,
    wait: (round) => `${publicUrl}/conference/wait${round === 0 ? "" : "?round=1"}${RETRIED_SOON}`,
    hold: `${publicUrl}/conference/hold${RETRIED_SOON}`,
    sound: `${publicUrl}/sounds/waiting.wav`,
    fallback: `${publicUrl}/fallback${RETRIED_SOON}`,
    conferenceEvents: `${publicUrl}/conference/events${RETRIED}`,
    callEvents: (call, label) => `${publicUrl}/call/events?call=${call}&leg=${label}${RETRIED}`,
    numberEvents: `${publicUrl}/call/events${RETRIED}`,
  };
}
