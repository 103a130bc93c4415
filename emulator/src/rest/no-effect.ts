import type { Fields } from "./operation.ts";

/** Values that ask for nothing. */
const NEUTRAL: Readonly<Record<string, readonly string[]>> = {
  AsyncAmd: ["false"],
  IncludeSoftDeleted: ["false"],
};

/** Parameters that only say how, by the one that says whether. */
const DETAILS: readonly [RegExp, string][] = [
  [/^(MachineDetection\w+|AsyncAmd\w*|AmdStatusCallback\w*)$/, "MachineDetection"],
];

const asksForNothing = (name: string, values: readonly string[] = []): boolean =>
  values.every((value) => value === "" || NEUTRAL[name]?.includes(value.toLowerCase()));

/** Whether a parameter changes nothing as it was sent: `AsyncAmd=false`, an empty text, or a detail of what is not asked for. */
export function hasNoEffect(name: string, fields: Fields): boolean {
  if (asksForNothing(name, fields.get(name))) return true;
  const [, whether] = DETAILS.find(([pattern]) => pattern.test(name)) ?? [];
  return whether !== undefined && asksForNothing(whether, fields.get(whether));
}
