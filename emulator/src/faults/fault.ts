import type { Delivery } from "../webhooks/delivery.ts";

/** Spoils the next requests to one operation of REST. */
export interface RestFault {
  /** Twilio's name of the operation, such as `CreateParticipant`; `*` for any. */
  rest: string;
  /** The number of matching requests to spoil; default 1. */
  times?: number;
  /** An HTTP status from 400 to 599, a page of HTML as a proxy sends it, or a reset connection. Without it: only late. */
  answer?: number | "html" | "reset";
  /** Twilio's code beside a status; the usual one of that status if it is left out. */
  code?: number;
  /** Milliseconds of the emulator's clock before the answer. */
  delayMs?: number;
  /** The request has its effect, at once; only its answer is spoilt. Without it a spoilt request has none. */
  afterEffect?: boolean;
}

/** Spoils the next requests to the app. */
export interface WebhookFault {
  webhook: Delivery["kind"] | "*";
  /** Such as `participant-join` or `ringing`; any event by default. */
  event?: string;
  /** The number of matching requests to spoil; default 1. */
  times?: number;
  /**
   * `drop`: does not send the request; the call goes on as if no server had listened. `duplicate`: sends it twice, with one
   * idempotency token. `delay`: sends it later. `reorder`: sends it after the next one of its kind about the same conference
   * or call (status callbacks only).
   */
  does: "drop" | "duplicate" | "delay" | "reorder";
  /** Milliseconds of the emulator's clock. `reorder` (default 5000) sends the request by then even if none overtook it. */
  delayMs?: number;
}

export type Fault = RestFault | WebhookFault;

/** A fault with the number of requests that it still spoils; 0 when it is used up. */
export type ListedFault = Fault & { readonly id: number; readonly left: number };

/** An intended failure. Of several faults that match a request, the oldest that is not used up applies. */
export interface Faults {
  /** The number of REST requests so far. */
  readonly requests: number;
  /** The number of requests that now wait for the clock because of a `delayMs`. */
  readonly held: number;
  /** @throws Error that says what is wrong with the fault */
  add(fault: Fault): ListedFault;
  /** Oldest first, with those that are used up. */
  list(): readonly ListedFault[];
  /** Nothing goes wrong any more. */
  clear(): void;
}
