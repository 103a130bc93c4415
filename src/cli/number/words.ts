import type { NumberSettings } from "../../compose/account.ts";
import type { NumberChange, Override } from "../../compose/number.ts";
import { maskPassword } from "../../mask.ts";
import type { Paint } from "../colour.ts";

/** An address with the method in front, or what it is when it stands alone. */
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
/** An apology is carried in its address. */
const LONGEST = 110;

const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

function words({ value, method }: Row, settings: NumberSettings, paint: Paint): string {
  const text = maskPassword(settings[value]);
  if (text === "") return paint.dim("none");
  return short(method === undefined ? text : `${settings[method]} ${text}`);
}

/** What a number does, a line for each setting; what is usual and empty is left out. */
export function settingLines(settings: NumberSettings, paint: Paint): string[] {
  const isShown = ({ value, method }: Row): boolean =>
    method !== undefined || !["", "voice"].includes(settings[value]);
  return ROWS.filter(isShown).map((row) => `  ${row.name.padEnd(WIDTH)}  ${words(row, settings, paint)}`);
}

/** Old and new, one below the other, for each setting that is different. */
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
  trunk: "Its SIP trunk answers instead: none of these addresses is used.",
  application: "Its application answers instead: none of these addresses is used.",
  fax: "It takes faxes: no voice call is answered.",
};

/** What is used in place of a number's addresses, as a sentence. */
export function overrideWords({ kind }: Override): string {
  return OVERRIDES[kind];
}
