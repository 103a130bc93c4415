import type { RunningServer } from "../../compose/server.ts";
import type { Customer, StoryEntry } from "../../server/control-api.ts";
import { maskedCustomer } from "../views/shown-numbers.ts";

/** An entry of a call's story. `customer` is the customer's number, masked; `at` is milliseconds since 1970. */
export type StoryEvent = StoryEntry & { call: string; customer: string };

/** A spoken sentence. `call` is the Call SID of the leg that hears it. */
export interface SaidEvent {
  event: "said";
  at: number;
  call: string;
  text: string;
  language: string;
}

/** An entry that Twilio would write to the account's debugger. */
export interface WarningEvent {
  event: "warning";
  at: number;
  call: string | null;
  code: number;
  message: string;
  url: string | null;
}

/** One line of the live output. Only a local Twilio reports speech and warnings. */
export type LiveEvent = StoryEvent | SaidEvent | WarningEvent;

/**
 * Calls the listener with every new story entry, in order. Returns a function that stops.
 * @param nameCustomer formats the customer's number; default: masked
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
