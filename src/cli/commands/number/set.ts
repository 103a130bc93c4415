import { type Pointing, pointNumber, previewPointing } from "../../../compose/number/point.ts";
import { assertPublicUrl } from "../../../config/public-url.ts";
import { AppError } from "../../../errors.ts";
import type { Context } from "../../context.ts";
import { DONE, FAILED } from "../../exit-codes.ts";
import { confirmNumberChange } from "../../number/confirm-change.ts";
import { type NumberFlags, openNumber } from "../../number/open-number.ts";
import { changeLines } from "../../number/words.ts";
import { whileWaiting } from "../../while-waiting.ts";

export interface SetNumberFlags extends NumberFlags {
  publicUrl?: string;
  takeOver?: boolean;
  yes?: boolean;
  dryRun?: boolean;
}

function required(publicUrl: string | null): string {
  if (publicUrl === null)
    throw new AppError("config", "PUBLIC_URL is not set, so the number cannot point anywhere.", {
      hint: "Pass --public-url https://HOST, or set PUBLIC_URL. `warm-transfer start` opens a tunnel and points the number itself.",
    });
  assertPublicUrl(publicUrl);
  return publicUrl;
}

const asObject = ({ before, changes }: Pointing, isDone: boolean): object => ({
  number: before.phoneNumber,
  sid: before.sid,
  changed: isDone && changes.length > 0,
  changes,
});

/** `warm-transfer number set` @throws AppError conflict when something else answers the number */
export async function setNumber(flags: SetNumberFlags, context: Context): Promise<number> {
  const { output, shutdown } = context;
  const { settings, ...line } = await openNumber(flags, context);
  const publicUrl = required(settings.publicUrl.value);
  const options = {
    ...line,
    publicUrl,
    language: settings.language.value,
    twilioApiBaseUrl: settings.twilioApiBaseUrl.value,
    takeOver: flags.takeOver ?? false,
  };
  const preview = await whileWaiting("Twilio", output, () => previewPointing(options));
  if (preview.changes.length === 0) output.line(`${line.number} already points at ${publicUrl}.`);
  else output.line(`Changes to ${output.paint.bold(line.number)}:`);
  for (const text of changeLines(preview.changes, preview.before, output.paint)) output.line(text);
  if (flags.dryRun || preview.changes.length === 0) {
    output.event(asObject(preview, false));
    return DONE;
  }
  if (!(await confirmNumberChange("Change the number?", flags.yes, context))) return FAILED;
  shutdown.setPendingError(new AppError("conflict", "The number may have been changed.", { hint: UNDO }));
  const pointing = await whileWaiting("Twilio", output, () => pointNumber(options));
  shutdown.setPendingError(null);
  output.event(asObject(pointing, true));
  output.line(`Done. ${UNDO}`);
  return DONE;
}

const UNDO = "To restore its previous settings, run: warm-transfer number reset";
