import type { NumberSettings } from "../account/account.ts";

/** Every setting that we change, or that overrides one that we change. */
const SETTINGS = [
  "voiceUrl",
  "voiceMethod",
  "voiceFallbackUrl",
  "voiceFallbackMethod",
  "statusCallback",
  "statusCallbackMethod",
  "voiceApplicationSid",
  "trunkSid",
  "voiceReceiveMode",
] as const satisfies (keyof NumberSettings)[];

/** For settings from a file. */
export function isNumberSettings(value: unknown): value is NumberSettings {
  const settings = (value ?? {}) as Record<string, unknown>;
  return SETTINGS.every((name) => typeof settings[name] === "string");
}

export function settingsOf(state: NumberSettings): NumberSettings {
  return Object.fromEntries(SETTINGS.map((name) => [name, state[name]])) as unknown as NumberSettings;
}

/** A changed setting. An empty string: unset. */
export interface NumberChange {
  setting: keyof NumberSettings;
  before: string;
  after: string;
}

/** In a fixed order. */
export function changesBetween(before: NumberSettings, after: NumberSettings): NumberChange[] {
  return SETTINGS.filter((name) => before[name] !== after[name]).map((setting) => ({
    setting,
    before: before[setting],
    after: after[setting],
  }));
}

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

type Setting = keyof NumberSettings;

/** Sent together: Twilio refuses a fallback without a voice URL (21405). */
const GROUPS: readonly (readonly Setting[])[] = [
  ["voiceUrl", "voiceMethod", "voiceFallbackUrl", "voiceFallbackMethod"],
  ["statusCallback", "statusCallbackMethod"],
  ["voiceReceiveMode"],
];

function pick(settings: NumberSettings, names: readonly Setting[]): Partial<NumberSettings> {
  return Object.fromEntries(names.map((name) => [name, settings[name]]));
}

/** Setting a trunk removes the application, and vice versa: only the one that stays is sent. */
function answering(current: NumberSettings, wanted: NumberSettings): Partial<NumberSettings> {
  const names: Setting[] = ["trunkSid", "voiceApplicationSid"];
  const changed = names.filter((name) => current[name] !== wanted[name]);
  const given = changed.filter((name) => wanted[name] !== "");
  return pick(wanted, given.length > 0 ? given.slice(0, 1) : changed);
}

/** The parameters of the one request that changes a number; empty when nothing differs. */
export function changeOf(current: NumberSettings, wanted: NumberSettings): Partial<NumberSettings> {
  const changed = new Set(SETTINGS.filter((name) => current[name] !== wanted[name]));
  const groups = GROUPS.filter((group) => group.some((name) => changed.has(name)));
  return { ...pick(wanted, groups.flat()), ...answering(current, wanted) };
}
