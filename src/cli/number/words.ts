import type { NumberSettings } from "../../compose/account.ts";
import type { NumberChange, Override } from "../../compose/number/point.ts";
import { maskPassword } from "../../mask.ts";
import type { Paint } from "../terminal/colour.ts";

/** A URL with its method in front, or another setting. */
interface Row {
  name: string;
  value: keyof NumberSettings;
  method?: keyof NumberSettings;
}

const ROWS: readonly Row[] = [
  { name: "voice URL", value: "voiceUrl", method: "voiceMethod" },
  { name: "fallback", value: "voiceFallbackUrl", method: "voiceFallbackMethod" },
  { name: "status callback", value: "statusCallback", method: "statusCallbackMethod" },
  { name: "SIP trunk", value: "trunkSid" },
  { name: "application", value: "voiceApplicationSid" },
  { name: "takes", value: "voiceReceiveMode" },
];

const WIDTH = 15;
/** A fallback URL contains its whole apology. */
const LONGEST = 110;

const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

function words({ value, method }: Row, settings: NumberSettings, paint: Paint): string {
  const text = maskPassword(settings[value]);
  if (text === "") return paint.dim("none");
  return short(method === undefined ? text : `${settings[method]} ${text}`);
}

/** A line for each setting; unset and default ones are left out. */
export function settingLines(settings: NumberSettings, paint: Paint): string[] {
  const isShown = ({ value, method }: Row): boolean =>
    method !== undefined || !["", "voice"].includes(settings[value]);
  return ROWS.filter(isShown).map((row) => `  ${row.name.padEnd(WIDTH)}  ${words(row, settings, paint)}`);
}

/** Old and new value of each changed setting, one below the other. */
export function changeLines(
  changes: readonly NumberChange[],
  before: NumberSettings,
  paint: Paint,
): string[] {
  const changed = new Set(changes.map(({ setting }) => setting));
  const after = { ...before, ...Object.fromEntries(changes.map(({ setting, after }) => [setting, after])) };
  return ROWS.filter(({ value, method }) => changed.has(value) || (method && changed.has(method))).flatMap(
    (row) => [
      `  ${row.name.padEnd(WIDTH)}    ${words(row, before, paint)}`,
      `  ${" ".repeat(WIDTH)}  ${paint.green("→")} ${words(row, after, paint)}`,
    ],
  );
}

const OVERRIDES: Record<Override["kind"], string> = {
  trunk: "Its SIP trunk answers, so Twilio ignores these URLs.",
  application: "Its application answers, so Twilio ignores these URLs.",
  fax: "It takes faxes, so it answers no voice call.",
};

export function overrideWords({ kind }: Override): string {
  return OVERRIDES[kind];
}
