import { type NumberLook, lookAtNumber } from "../../../compose/number/look.ts";
import type { Context } from "../../context.ts";
import { DONE } from "../../exit-codes.ts";
import { type NumberFlags, openNumber } from "../../number/open-number.ts";
import { overrideWords, settingLines } from "../../number/words.ts";
import { whileWaiting } from "../../while-waiting.ts";

function destinationWords({ pointsAt, overrides }: NumberLook, publicUrl: string | null): string {
  const [override] = overrides;
  if (override) return overrideWords(override);
  if (pointsAt === null) return "Its calls do not go to a warm-transfer server.";
  if (pointsAt === publicUrl) return "Its calls go to this project's server.";
  const other = publicUrl === null ? "" : `, not to ${publicUrl}`;
  return `Its calls go to a warm-transfer server at ${pointsAt}${other}.`;
}

/** By default Twilio names a number after itself. */
function title({ phoneNumber, friendlyName }: NumberLook["state"], bold: (text: string) => string): string {
  const isNamed = friendlyName !== "" && friendlyName !== phoneNumber;
  return isNamed ? `${bold(phoneNumber)}  ${friendlyName}` : bold(phoneNumber);
}

function asObject({ state, overrides, pointsAt, backup }: NumberLook, publicUrl: string | null): object {
  const { phoneNumber, sid, friendlyName, ...settings } = state;
  const isReached = overrides.length === 0 && pointsAt === publicUrl;
  return {
    number: phoneNumber,
    sid,
    friendlyName,
    ...settings,
    overrides,
    pointsAt,
    // Unknown without a public URL: a tunnel's changes each time.
    pointsHere: publicUrl === null ? null : isReached,
    backup: backup && { savedAt: new Date(backup.savedAt).toISOString(), ...backup.original },
  };
}

/** `warm-transfer number show` @throws AppError */
export async function showNumber(flags: NumberFlags, context: Context): Promise<number> {
  const { settings, ...line } = await openNumber(flags, context);
  const { output } = context;
  const look = await whileWaiting("Twilio", output, () => lookAtNumber(line));
  const publicUrl = settings.publicUrl.value;
  output.event(asObject(look, publicUrl));
  output.line(title(look.state, output.paint.bold));
  for (const text of settingLines(look.state, output.paint)) output.line(text);
  output.line();
  output.line(destinationWords(look, publicUrl));
  if (look.backup)
    output.line("Its previous settings are saved. To restore them, run: warm-transfer number reset");
  return DONE;
}
