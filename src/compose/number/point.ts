import { AppError } from "../../errors.ts";
import type { NumberSettings, NumberState } from "../../twilio/account/account.ts";
import { type Override, planPointing, pointedSettings } from "../../twilio/number/pointing.ts";
import { type NumberChange, foreignChanges, originalOf, settingsOf } from "../../twilio/number/settings.ts";
import type { Language } from "../../twilio/twiml/sentences.ts";
import { applySettings } from "./apply-settings.ts";
import { type Backup, type NumberOptions, backupsIn } from "./backups.ts";

export type { NumberChange, Override };

export interface PointOptions extends NumberOptions {
  /** The server's origin, without a trailing slash. */
  publicUrl: string;
  /** Language of the apology for callers when the server does not answer. */
  language: Language;
  /** As in `Config`. */
  twilioApiBaseUrl: string | null;
  /** Also changes a number with a trunk, an application or fax. */
  takeOver: boolean;
}

/** A number before and after pointing it here. */
export interface Pointing {
  before: NumberState;
  after: NumberState;
  changes: NumberChange[];
}

const WORDS: Record<Override["kind"], string> = {
  trunk: "This number is in use: its calls go to a SIP trunk",
  application: "This number is in use: its calls go to a TwiML application",
  fax: "This number is in use: it takes faxes",
};

function assertFree([override]: Override[]): void {
  if (!override) return;
  const what = `${WORDS[override.kind]}${override.sid === null ? "" : ` (${override.sid})`}`;
  throw new AppError("conflict", `${what}.`, {
    hint: "Choose another number, or pass --take-over. `number reset` restores it.",
  });
}

/**
 * Returns the changes of pointing a number here; applies none.
 * @throws AppError conflict for a number that has a trunk or an application or takes faxes, unless `takeOver`;
 * not-found for one that is not the account's; auth, network, timeout
 */
export async function previewPointing(options: PointOptions): Promise<Pointing> {
  const before = await options.account.number(options.number);
  const wanted = pointedSettings({ ...options, apiBaseUrl: options.twilioApiBaseUrl });
  const { changes, refusals } = planPointing(before, wanted, options);
  assertFree(refusals);
  return { before, after: { ...before, ...wanted }, changes };
}

/** Backs up the current settings, unless they are ours: then the earlier backup stays. */
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
 * Points a number here, after saving its settings to disk.
 * @throws AppError as `previewPointing`, and config when the backup cannot be saved: the number is unchanged then. After
 * network or timeout it may have changed: `restoreNumber` restores it either way
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
