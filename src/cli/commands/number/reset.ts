import {
  type NumberChange,
  type Restoration,
  type RestorationPreview,
  previewRestoration,
  restoreNumber,
} from "../../../compose/number/restore.ts";
import type { Settings } from "../../../config/settings.ts";
import { AppError } from "../../../errors.ts";
import { canAsk } from "../../terminal/agree.ts";
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
  restored: "The number's previous settings are restored.",
  unchanged: "The number already has its previous settings.",
  "nothing-kept": "Nothing to restore: this folder has not changed the number.",
};

const asObject = (
  result: Restoration["result"] | "dry-run",
  { phoneNumber, sid }: Restoration["before"],
  changes: NumberChange[],
): object => ({ number: phoneNumber, sid, result, changes });

function show({ before, changes, foreign }: RestorationPreview, { output }: Pick<Context, "output">): void {
  if (changes.length > 0) output.line(`Restoring ${output.paint.bold(before.phoneNumber)}:`);
  for (const text of changeLines(changes, before, output.paint)) output.line(text);
  if (foreign.length === 0) return;
  const names = foreign.map(({ setting }) => setting).join(", ");
  output.say(`Someone else has changed these settings since: ${names}.`);
}

/** Whether this folder's running server gets this number's calls. */
async function isServed({ before }: RestorationPreview, settings: Settings, asked: AbortSignal) {
  const running = await findRunning(settings, { asked }).catch(() => undefined);
  return running !== undefined && before.voiceUrl.startsWith(`${running.publicUrl}/`);
}

/** Asks whether a running server may lose its calls. Without a terminal it only warns. */
async function mayUnserve({ yes }: ResetNumberFlags, context: Context): Promise<boolean> {
  context.output.say(
    "This folder's running server will get no more calls. It restores the number itself when it stops.",
  );
  return yes || !canAsk(context) || agreesToChange("Restore the number anyway?", yes, context);
}

/** Asks whether to overwrite someone else's change. Without a terminal the change stays, and is reported. */
async function mayOverwrite(
  { foreign }: RestorationPreview,
  { yes }: ResetNumberFlags,
  context: Context,
): Promise<"yes" | "no" | "unasked"> {
  if (yes) return "yes";
  if (foreign.length === 0 || !canAsk(context)) return "unasked";
  return (await agreesToChange("Restore the previous settings anyway?", yes, context)) ? "yes" : "no";
}

/** `warm-transfer number reset`: repeatable. @throws AppError conflict when someone else has changed the number since */
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

const AGAIN = "Run it again: warm-transfer number reset";
