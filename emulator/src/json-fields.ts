/** What was given as JSON. */
export type Given = Readonly<Record<string, unknown>>;
/** What a value must be, in words; null: it is that. */
export type Check = (value: unknown, given: Given) => string | null;

export const whole =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? null
      : `a whole number from ${least} to ${most}`;

export const one =
  (...names: readonly string[]): Check =>
  (value) =>
    typeof value === "string" && names.includes(value) ? null : `one of ${names.join(", ")}`;

/** @throws Error that says what is wrong @param what such as `A fault` */
export function readObject(value: unknown, what: string): Given {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Given;
  throw new Error(`${what} is an object`);
}

/** @throws Error that names the first field that there is not, or that is wrong */
export function checkFields(given: Given, checks: Readonly<Record<string, Check>>, what: string): void {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(checks, name))
      throw new Error(`${what} has no \`${name}\`: ${Object.keys(checks).join(", ")}`);
    const expected = checks[name]?.(value, given) ?? null;
    if (expected !== null) throw new Error(`\`${name}\` must be ${expected}`);
  }
}
