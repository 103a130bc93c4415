import { AppError } from "../../errors.ts";
import type { NumberSettings, NumberState } from "../../twilio/account/account.ts";
import { type Override, planPointing } from "../../twilio/number/plan-pointing.ts";
import { pointedSettings } from "../../twilio/number/pointed-settings.ts";
import { type NumberChange, settingsOf } from "../../twilio/number/settings.ts";
import { foreignChanges, originalOf } from "../../twilio/number/whose.ts";
import type { Language } from "../../twilio/twiml/sentences.ts";
import { applySettings } from "./apply-settings.ts";
import { type Backup, type NumberOptions, backupsIn } from "./backups.ts";

export interface PointOptions extends NumberOptions {
  /** Where Twilio reaches the server, without a trailing slash. */
  publicUrl: string;
  /** Of what callers hear when the server does not answer. */
  language: Language;
  /** As in `Config`. */
  twilioApiBaseUrl: string | null;
  /** Also points a number that has a trunk or an application, or that takes faxes. */
  takeOver: boolean;
}

/** A number before and after it is pointed here, and what is different. */
export interface Pointing {
  before: NumberState;
  after: NumberState;
  changes: NumberChange[];
}

const WORDS: Record<Override["kind"], string> = {
  trunk: "Calls to this number go to a SIP trunk",
  application: "Calls to this number go to a TwiML application",
  fax: "This number is set to take faxes",
};

function assertFree([override]: Override[]): void {
  if (!override) return;
  const what = `${WORDS[override.kind]}${override.sid === null ? "" : ` (${override.sid})`}`;
  throw new AppError("conflict", `${what}: it is in use by something else.`, {
    hint: "Choose another number, or add --take-over; number reset gives it back.",
  });
}

/**
 * What pointing a number here would change. Changes nothing.
 * @throws AppError conflict for a number that has a trunk or an application or takes faxes, unless it is to be taken over;
 * not-found for one that is not the account's; auth, network, timeout
 */
export async function previewPointing(options: PointOptions): Promise<Pointing> {
  const before = await options.account.number(options.number);
  const wanted = pointedSettings({ ...options, apiBaseUrl: options.twilioApiBaseUrl });
  const { changes, refusals } = planPointing(before, wanted, options);
  assertFree(refusals);
  return { before, after: { ...before, ...wanted }, changes };
}

/** What is there now is what is kept, unless it is ours: then what was kept before. */
function backupOf(current: NumberState, wanted: NumberSettings, known: Backup | undefined): Backup {
  const isStillThat = known !== undefined && foreignChanges(current, known).length === 0;
  return {
    phoneNumber: current.phoneNumber,
    savedAt: isStillThat ? known.savedAt : Date.now(),
    original: settingsOf(originalOf(current, known)),
    ours: [...(known?.ours ?? []), wanted],
  };
}

/**
 * Points a number here. What it did before is on the disk before anything is changed.
 * @throws AppError as `previewPointing`, and config when the backup cannot be kept; nothing has been changed then. With
 * network or timeout it may have been changed: `restoreNumber` restores it either way
 */
export async function pointNumber(options: PointOptions): Promise<Pointing> {
  const { before, after: wanted, changes } = await previewPointing(options);
  if (changes.length === 0) return { before, after: before, changes };
  const backups = backupsIn(options.dir);
  const backup = backupOf(before, settingsOf(wanted), await backups.find(before.sid));
  await backups.save(before.sid, backup);
  const after = await applySettings(options.account, before, settingsOf(wanted));
  await backups.save(before.sid, { ...backup, ours: [settingsOf(after)] });
  return { before, after, changes };
}
