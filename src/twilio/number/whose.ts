import type { NumberSettings } from "../account/account.ts";
import { type NumberChange, SETTINGS, changesBetween } from "./settings.ts";

export interface Known {
  original: NumberSettings;
  /** Our settings that the number may have. */
  ours: readonly NumberSettings[];
}

/** Settings that someone else changed since: neither ours nor the previous one (`before`). */
export function foreignChanges(current: NumberSettings, { original, ours }: Known): NumberChange[] {
  return changesBetween(original, current).filter(
    ({ setting, after }) => !ours.some((settings) => settings[setting] === after),
  );
}

/** The previous settings, except those that someone else changed since. */
export function originalOf(current: NumberSettings, known: Known | undefined): NumberSettings {
  if (!known) return current;
  const foreign = new Set(foreignChanges(current, known).map(({ setting }) => setting));
  return Object.fromEntries(
    SETTINGS.map((name) => [name, foreign.has(name) ? current[name] : known.original[name]]),
  ) as unknown as NumberSettings;
}
