import type { RunningServer } from "../../compose/server.ts";
import { maskNumber } from "../../mask.ts";
import type { StoryEntry } from "../../server/control-api.ts";

/** An entry of a call's story. `customer` is the caller's number, masked; `at` is milliseconds since 1970. */
export type StoryHappening = StoryEntry & { call: string; customer: string };

/** A sentence that a leg hears; `call` is the leg's Call SID, which for the customer's leg is the call's. */
export interface SaidHappening {
  event: "said";
  at: number;
  call: string;
  text: string;
  language: string;
}

/** Something that Twilio would write into the account's debugger: an app that answers wrongly. */
export interface WarningHappening {
  event: "warning";
  at: number;
  call: string | null;
  code: number;
  message: string;
  url: string | null;
}

/** One thing that happens in the live calls: one line of output. Only a local Twilio tells what is said, and warns. */
export type Happening = StoryHappening | SaidHappening | WarningHappening;

/**
 * Tells every new entry of each call's story from now on, in its order. Returns the way to stop.
 * @param nameCustomer how a customer's number is shown; masked if it is left out
 */
export function watchStories(
  server: Pick<RunningServer, "onStory">,
  listener: (happening: StoryHappening) => void,
  nameCustomer: (number: string) => string = maskNumber,
): () => void {
  return server.onStory(({ call, customerNumber, entry: { event, at, ...rest } }) =>
    listener({ event, call, customer: nameCustomer(customerNumber || "unknown"), at, ...rest }),
  );
}
