import type { NumberSettings } from "../account/account.ts";
import { SETTINGS } from "./settings.ts";

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
