import type { Time } from "../../call/types.ts";
import { AppError } from "../../errors.ts";
import type { Form } from "./form.ts";

export const CALL_SID = /^CA[0-9a-f]{32}$/;
export const CONFERENCE_SID = /^CF[0-9a-f]{32}$/;
/** A leg's label: an agent's identity (at most 121 characters) and a count, or `customer`. */
export const LABEL = /^[A-Za-z0-9_]{1,121}(-[0-9]{1,6})?$/;
/** Any short line of text. */
// oxlint-disable-next-line no-control-regex
export const LINE = /^[^\u0000-\u001f\u007f]{1,256}$/;
const DATE = /^[A-Za-z0-9 ,:+-]{10,40}$/;

/**
 * `at`: when the server received the event, by its clock. `stamp`: when it happened, by Twilio's clock (`Timestamp`, RFC 2822).
 * @throws AppError usage for an invalid date
 */
export function timesOf(form: Form, now: Time): { at: Time; stamp?: Time } {
  const text = form.optional("Timestamp", DATE);
  if (text === undefined) return { at: now };
  const stamp = Date.parse(text);
  if (Number.isNaN(stamp)) throw new AppError("usage", "The field Timestamp is not a date.");
  return { at: now, stamp };
}
