import type { NumberSettings } from "../account/account.ts";
import { type NumberChange, SETTINGS, changesBetween } from "./settings.ts";

/** What is known of a number that we have changed. */
export interface Known {
  original: NumberSettings;
  /** Everything of ours that may stand there. */
  ours: readonly NumberSettings[];
}

/** What somebody else has set since: neither ours nor what was there before. `before` is what was there before. */
export function foreignChanges(current: NumberSettings, { original, ours }: Known): NumberChange[] {
  return changesBetween(original, current).filter(
    ({ setting, after }) => !ours.some((settings) => settings[setting] === after),
  );
}

/** What is to be restored later: what was there before us, except what somebody else has set since. */
export function originalOf(current: NumberSettings, known: Known | undefined): NumberSettings {
  if (!known) return current;
  const foreign = new Set(foreignChanges(current, known).map(({ setting }) => setting));
  return Object.fromEntries(
    SETTINGS.map((name) => [name, foreign.has(name) ? current[name] : known.original[name]]),
  ) as unknown as NumberSettings;
}
