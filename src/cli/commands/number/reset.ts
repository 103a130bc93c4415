import {
  type NumberChange,
  type Restoration,
  type RestorationPreview,
  previewRestoration,
  restoreNumber,
} from "../../../compose/number.ts";
import type { Settings } from "../../../config/settings.ts";
import { AppError } from "../../../errors.ts";
import { canAsk } from "../../agree.ts";
import type { Context } from "../../context.ts";
import { findRunning } from "../../doctor/running.ts";
import { DONE, FAILED } from "../../exit-codes.ts";
import { agreesToChange } from "../../number/agrees-to-change.ts";
import { type LineFlags, openLine } from "../../number/open-line.ts";
import { changeLines } from "../../number/words.ts";
import { whileWaiting } from "../../while-waiting.ts";

export interface ResetNumberFlags extends LineFlags {
  yes?: boolean;
  dryRun?: boolean;
}

const SENTENCES: Record<Restoration["result"], string> = {
  restored: "The number has what it had before.",
  unchanged: "The number had not been changed: nothing had to be restored.",
  "nothing-kept": "Nothing to restore: the number has not been changed from here.",
};

const asObject = (
  result: Restoration["result"] | "dry-run",
  { phoneNumber, sid }: Restoration["before"],
  changes: NumberChange[],
): object => ({ number: phoneNumber, sid, result, changes });

function show({ before, changes, foreign }: RestorationPreview, { output }: Pick<Context, "output">): void {
  if (changes.length > 0) output.line(`${output.paint.bold(before.phoneNumber)} gets back what it had:`);
  for (const text of changeLines(changes, before, output.paint)) output.line(text);
  if (foreign.length === 0) return;
  const names = foreign.map(({ setting }) => setting).join(", ");
  output.say(`Somebody else has changed it since it was set from here: ${names}.`);
}

/** Whether the server that runs in this folder lives on this number's calls. */
async function isServed({ before }: RestorationPreview, settings: Settings, asked: AbortSignal) {
  const running = await findRunning(settings, { asked }).catch(() => undefined);
  return running !== undefined && before.voiceUrl.startsWith(`${running.publicUrl}/`);
}

/** Whether a server that runs may lose its calls. Where nobody can be asked, it is only said. */
async function mayUnserve({ yes }: ResetNumberFlags, context: Context): Promise<boolean> {
  context.output.say(
    "The server that runs here gets no more calls then; at its end it gives the number back by itself.",
  );
  return yes || !canAsk(context) || agreesToChange("Restore the number all the same?", yes, context);
}

/** Whether somebody else's change may go. Where nobody can be asked it is left alone, and said to be there. */
async function mayOverwrite(
  { foreign }: RestorationPreview,
  { yes }: ResetNumberFlags,
  context: Context,
): Promise<"yes" | "no" | "unasked"> {
  if (yes) return "yes";
  if (foreign.length === 0 || !canAsk(context)) return "unasked";
  return (await agreesToChange("Restore what was there before all the same?", yes, context)) ? "yes" : "no";
}

/** `warm-transfer number reset`: may be repeated. @throws AppError conflict when somebody else has changed the number since */
export async function resetNumber(flags: ResetNumberFlags, context: Context): Promise<number> {
  const { output, leaving } = context;
  const line = await openLine({ ...flags, keptIsEnough: true }, context);
  const preview = await whileWaiting("Twilio", output, () => previewRestoration(line));
  show(preview, context);
  if (flags.dryRun) {
    output.event(asObject("dry-run", preview.before, preview.changes));
    return DONE;
  }
  const isTaken = preview.changes.length > 0 && (await isServed(preview, line.settings, context.asked));
  if (isTaken && !(await mayUnserve(flags, context))) return FAILED;
  const answer = await mayOverwrite(preview, flags, context);
  if (answer === "no") return FAILED;
  leaving.owe(new AppError("conflict", "The number may not have been restored.", { hint: AGAIN }));
  const { result, before, changes } = await whileWaiting("Twilio", output, () =>
    restoreNumber({ ...line, overwrite: answer === "yes" }),
  );
  leaving.owe(null);
  output.event(asObject(result, before, changes));
  output.line(SENTENCES[result]);
  return DONE;
}

const AGAIN = "Type it again: warm-transfer number reset";
