import { AppError } from "../../errors.ts";
import { clean } from "../../mask.ts";

/** A form's fields as they came: a field that came twice is a list. */
export type RawForm = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Reads fields of a webhook. New fields come without notice, so that only those that are asked for are looked at
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
