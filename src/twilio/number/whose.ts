import type { NumberSettings } from "../account/account.ts";
import { type NumberChange, SETTINGS, changesBetween } from "./settings.ts";

export interface Known {
  original: NumberSettings;
  /** Every setting of ours that the number may have. */
  ours: readonly NumberSettings[];
}

/** What someone else has set since: neither ours nor the previous setting, which is `before`. */
export function foreignChanges(current: NumberSettings, { original, ours }: Known): NumberChange[] {
  return changesBetween(original, current).filter(
    ({ setting, after }) => !ours.some((settings) => settings[setting] === after),
  );
}

/** The settings to restore: the previous ones, except what someone else has set since. */
export function originalOf(current: NumberSettings, known: Known | undefined): NumberSettings {
  if (!known) return current;
  const foreign = new Set(foreignChanges(current, known).map(({ setting }) => setting));
  return Object.fromEntries(
    SETTINGS.map((name) => [name, foreign.has(name) ? current[name] : known.original[name]]),
  ) as unknown as NumberSettings;
}
