import type { CallEvent, Hook, HttpMethod } from "../../types.ts";
import { httpMethod, someOf } from "./parsers.ts";
import { url } from "./url.ts";

export const statusCallbackParameters = {
  StatusCallback: url({ orEmpty: true }),
  StatusCallbackMethod: httpMethod(),
};

export const callEvents = someOf("initiated", "ringing", "answered", "completed");

/** The address for a call's progress; only `completed` unless the request names other events. */
export function callStatusCallback(
  address: string | undefined,
  method: HttpMethod | undefined,
  events: ReadonlySet<CallEvent> | undefined,
): (Hook & { events: ReadonlySet<CallEvent> }) | null {
  if (!address) return null;
  const wanted = events && events.size > 0 ? events : new Set<CallEvent>(["completed"]);
  return { url: address, method: method ?? "POST", events: wanted };
}
