import {
  type NumberChange,
  type Restoration,
  type RestorationPreview,
  previewRestoration,
  restoreNumber,
} from "../../../compose/number/restore.ts";
import type { Settings } from "../../../config/settings.ts";
import { AppError } from "../../../errors.ts";
import { canPrompt } from "../../terminal/confirm.ts";
import type { Context } from "../../context.ts";
import { findLocalServer } from "../../doctor/local-server.ts";
import { DONE, FAILED } from "../../exit-codes.ts";
import { confirmNumberChange } from "../../number/confirm-change.ts";
import { type NumberFlags, openNumber } from "../../number/open-number.ts";
import { changeLines } from "../../number/words.ts";
import { whileWaiting } from "../../while-waiting.ts";

export interface ResetNumberFlags extends NumberFlags {
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
  output.info(`Someone else has changed these settings since: ${names}.`);
}

/** Whether this folder's running server gets this number's calls. */
async function isServed({ before }: RestorationPreview, settings: Settings, interrupted: AbortSignal) {
  const running = await findLocalServer(settings, { interrupted }).catch(() => undefined);
  return running !== undefined && before.voiceUrl.startsWith(`${running.publicUrl}/`);
}

/** Asks whether a running server may lose its calls. Without a terminal it only warns. */
async function confirmUnserve({ yes }: ResetNumberFlags, context: Context): Promise<boolean> {
  context.output.info(
    "This folder's running server will get no more calls. It restores the number itself when it stops.",
  );
  return yes || !canPrompt(context) || confirmNumberChange("Restore the number anyway?", yes, context);
}

/** Asks whether to overwrite someone else's change. Without a terminal the change stays, and is reported. */
async function confirmOverwrite(
  { foreign }: RestorationPreview,
  { yes }: ResetNumberFlags,
  context: Context,
): Promise<"yes" | "no" | "unasked"> {
  if (yes) return "yes";
  if (foreign.length === 0 || !canPrompt(context)) return "unasked";
  return (await confirmNumberChange("Restore the previous settings anyway?", yes, context)) ? "yes" : "no";
}

/** `warm-transfer number reset`: repeatable. @throws AppError conflict when someone else has changed the number since */
export async function resetNumber(flags: ResetNumberFlags, context: Context): Promise<number> {
  const { output, shutdown } = context;
  const line = await openNumber({ ...flags, allowSaved: true }, context);
  const preview = await whileWaiting("Twilio", output, () => previewRestoration(line));
  show(preview, context);
  if (flags.dryRun) {
    output.event(asObject("dry-run", preview.before, preview.changes));
    return DONE;
  }
  const isTaken = preview.changes.length > 0 && (await isServed(preview, line.settings, context.interrupted));
  if (isTaken && !(await confirmUnserve(flags, context))) return FAILED;
  const answer = await confirmOverwrite(preview, flags, context);
  if (answer === "no") return FAILED;
  shutdown.setPendingError(
    new AppError("conflict", "The number may not have been restored.", { hint: AGAIN }),
  );
  const { result, before, changes } = await whileWaiting("Twilio", output, () =>
    restoreNumber({ ...line, overwrite: answer === "yes" }),
  );
  shutdown.setPendingError(null);
  output.event(asObject(result, before, changes));
  output.line(SENTENCES[result]);
  return DONE;
}

const AGAIN = "Run it again: warm-transfer number reset";
