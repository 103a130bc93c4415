import type { CallId, Label } from "../call/types.ts";

/**
 * Retries for notices: by default Twilio repeats only a failed connection, and a notice that is lost is never sent again
 * (www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides). Repeats are harmless here. The fragment is neither
 * sent nor signed.
 */
const RETRIED = "#rc=3&rp=ct,rt,5xx";

/** Every absolute address that Twilio is told, from the configured public URL and never from a request's headers. */
export interface Addresses {
  connect(call: CallId, label: Label): string;
  /** The `action` after a leg's `<Dial>`. */
  left(call: CallId, label: Label): string;
  /** `round`: how often the music has been played. */
  wait(round: number): string;
  hold(round: number): string;
  sound: string;
  fallback: string;
  conferenceEvents: string;
  callEvents(call: CallId, label: Label): string;
}

const withRound = (url: string, round: number): string => (round > 0 ? `${url}?round=${round}` : url);

/** @param publicUrl without a trailing slash */
export function createAddresses(publicUrl: string): Addresses {
  return {
    connect: (call, label) => `${publicUrl}/conference/${call}/connect/${label}`,
    left: (call, label) => `${publicUrl}/conference/${call}/left/${label}`,
    wait: (round) => withRound(`${publicUrl}/conference/wait`, round),
    hold: (round) => withRound(`${publicUrl}/conference/hold`, round),
    sound: `${publicUrl}/sounds/waiting.wav`,
    fallback: `${publicUrl}/fallback`,
    conferenceEvents: `${publicUrl}/conference/events${RETRIED}`,
    callEvents: (call, label) => `${publicUrl}/call/events?call=${call}&leg=${label}${RETRIED}`,
  };
}
