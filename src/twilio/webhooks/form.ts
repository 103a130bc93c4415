import type { Time } from "../../call/types.ts";
import { AppError } from "../../errors.ts";
import { clean } from "../../mask.ts";

/** A form's fields as they came: a field that came twice is a list. */
export type RawForm = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Reads fields of a webhook. Twilio adds fields without notice, so only the requested ones are read
 * (www.twilio.com/docs/voice/twiml).
 */
export interface Form {
  /** @throws AppError usage when it is absent, came twice or does not match */
  required(name: string, shape: RegExp): string;
  /** Absent or empty: undefined. @throws AppError usage when it came twice or does not match */
  optional(name: string, shape: RegExp): string | undefined;
  /** A field that is only shown: cleaned, cut to `most` characters, empty when it is absent, the first when it came twice. */
  shown(name: string, most: number): string;
}

/** Reads fields by name and shape. */
export function createForm(fields: RawForm): Form {
  const optional: Form["optional"] = (name, shape) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value === undefined || value === "") return undefined;
    if (typeof value !== "string") throw new AppError("usage", `The field ${name} came more than once.`);
    if (!shape.test(value)) throw new AppError("usage", `The field ${name} is not what it should be.`);
    return value;
  };
  return {
    optional,
    shown(name, most) {
      const value = (Object.hasOwn(fields, name) ? fields[name] : undefined) ?? "";
      return clean(typeof value === "string" ? value : (value[0] ?? ""), most).trim();
    },
    required(name, shape) {
      const value = optional(name, shape);
      if (value === undefined) throw new AppError("usage", `The field ${name} is missing.`);
      return value;
    },
  };
}

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
