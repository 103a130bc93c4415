import { type NumberLook, lookAtNumber } from "../../../compose/number.ts";
import type { Context } from "../../context.ts";
import { DONE } from "../../exit-codes.ts";
import { type LineFlags, openLine } from "../../number/open-line.ts";
import { overrideWords, settingLines } from "../../number/words.ts";
import { whileWaiting } from "../../while-waiting.ts";

/** Whose server a number's calls come to, in words. */
function whither({ pointsAt, overrides }: NumberLook, publicUrl: string | null): string {
  const [override] = overrides;
  if (override) return overrideWords(override);
  if (pointsAt === null) return "Its calls do not come to a warm-transfer server.";
  if (pointsAt === publicUrl) return "Its calls come to this project's server.";
  const other = publicUrl === null ? "" : `, not to ${publicUrl}`;
  return `Its calls come to a warm-transfer server at ${pointsAt}${other}.`;
}

/** Twilio names a number by itself until somebody names it otherwise. */
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
    // Unknown where no public URL is set: a tunnel's is another one each time.
    pointsHere: publicUrl === null ? null : isReached,
    backup: backup && { savedAt: new Date(backup.savedAt).toISOString(), ...backup.original },
  };
}

/** `warm-transfer number show` @throws AppError */
export async function showNumber(flags: LineFlags, context: Context): Promise<number> {
  const { settings, ...line } = await openLine(flags, context);
  const { output } = context;
  const look = await whileWaiting("Twilio", output, () => lookAtNumber(line));
  const publicUrl = settings.publicUrl.value;
  output.event(asObject(look, publicUrl));
  output.line(title(look.state, output.paint.bold));
  for (const text of settingLines(look.state, output.paint)) output.line(text);
  output.line();
  output.line(whither(look, publicUrl));
  if (look.backup) output.line("What it did before is kept. To restore it: warm-transfer number reset");
  return DONE;
}
