import type { Hook } from "../types.ts";

/** A message to a browser's page, or a subscription to the page's messages. Times are ms since 1970. */
export interface MessageState {
  /** `KX…` of a message, `ZY…` of a subscription. */
  readonly sid: string;
  readonly callSid: string;
  readonly dateCreated: number;
}

export interface Subscription extends MessageState {
  readonly callback: Hook;
  /** Resolves when no earlier message is under way, so that they arrive in order. */
  delivered: Promise<void>;
}

/** Characters of a message as JSON (www.twilio.com/docs/api/errors/32703). */
export const LONGEST_MESSAGE = 10_000;
export const MESSAGE_CONTENT_TYPE = "application/json";
