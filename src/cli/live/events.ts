import type { RunningServer } from "../../compose/server.ts";
import type { Customer, StoryEntry } from "../../server/control-api.ts";
import { maskedCustomer } from "../views/shown-numbers.ts";

/** An entry of a call's story. `customer` is the customer's number, masked; `at` is milliseconds since 1970. */
export type StoryEvent = StoryEntry & { call: string; customer: string };

/** A sentence that a leg hears; `call` is the leg's Call SID, which for the customer's leg is the call's. */
export interface SaidEvent {
  event: "said";
  at: number;
  call: string;
  text: string;
  language: string;
}

/** Something that Twilio would write into the account's debugger: an app that answers wrongly. */
export interface WarningEvent {
  event: "warning";
  at: number;
  call: string | null;
  code: number;
  message: string;
  url: string | null;
}

/** One thing that happens in the live calls: one line of output. Only a local Twilio tells what is said, and warns. */
export type LiveEvent = StoryEvent | SaidEvent | WarningEvent;

/**
 * Tells every new entry of each call's story from now on, in its order. Returns the way to stop.
 * @param nameCustomer how a customer's number is shown; masked if it is left out
 */
export function watchStories(
  server: Pick<RunningServer, "onStory">,
  listener: (happening: StoryEvent) => void,
  nameCustomer: (customer: Customer) => string = maskedCustomer,
): () => void {
  return server.onStory(({ call, entry: { event, at, ...rest }, ...customer }) =>
    listener({ event, call, customer: nameCustomer(customer), at, ...rest }),
  );
}
