import type { NumberSettings } from "../account/account.ts";

/** Every setting that we change, or that overrides one that we change. */
export const SETTINGS = [
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
