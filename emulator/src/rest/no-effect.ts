import type { Fields } from "./operation.ts";

/** Values that ask for nothing. */
const NEUTRAL: Readonly<Record<string, readonly string[]>> = { IncludeSoftDeleted: ["false"] };

/** Whether a parameter changes nothing as it was sent: `IncludeSoftDeleted=false`, or an empty text. */
export function hasNoEffect(name: string, fields: Fields): boolean {
  const values = fields.get(name) ?? [];
  return values.every((value) => value === "" || NEUTRAL[name]?.includes(value.toLowerCase()));
}
