import { AppError } from "../../errors.ts";
import { maskPassword } from "../../mask.ts";
import type { NumberState } from "../../twilio/account/account.ts";
import { type NumberChange, changesBetween, foreignChanges } from "../../twilio/number/settings.ts";
import { applySettings } from "./apply-settings.ts";
import { type Backup, type NumberOptions, backupsIn } from "./backups.ts";

export type { NumberChange };

export interface RestorationPreview {
  before: NumberState;
  /** Null: this number has no backup. */
  backup: Backup | null;
  /** From the current to the previous settings. */
  changes: NumberChange[];
  /** Settings that someone else changed since; `before` is the previous setting. */
  foreign: NumberChange[];
}

export interface Restoration {
  /** `unchanged`: it already had its previous settings; `nothing-kept`: it has no backup. */
  result: "restored" | "unchanged" | "nothing-kept";
  before: NumberState;
  after: NumberState;
  changes: NumberChange[];
}

/** Returns the changes of a restoration; applies none. @throws AppError not-found, config, auth, network, timeout */
export async function previewRestoration(options: NumberOptions): Promise<RestorationPreview> {
  const before = await options.account.number(options.number);
  const backup = await backupsIn(options.dir).find(before.sid);
  if (!backup) return { before, backup: null, changes: [], foreign: [] };
  const changes = changesBetween(before, backup.original);
  return { before, backup, changes, foreign: foreignChanges(before, backup) };
}

function assertOurs(foreign: NumberChange[], overwrite: boolean): void {
  if (foreign.length === 0 || overwrite) return;
  const what = foreign
    .map(({ setting, after }) => `${setting} is now ${maskPassword(after) || "empty"}`)
    .join(", ");
  throw new AppError("conflict", `Someone else has changed the number since: ${what}.`, {
    hint: "It was not changed. To restore the previous settings anyway, run: warm-transfer number reset --yes",
  });
}

function assertRestored(after: NumberState, { original }: Backup): void {
  const left = changesBetween(after, original).map(({ setting }) => setting);
  if (left.length === 0) return;
  throw new AppError("twilio", `Twilio did not restore these settings: ${left.join(", ")}.`, {
    hint: "Check the number at https://console.twilio.com, or try again: warm-transfer number reset",
  });
}

/**
 * Restores exactly the settings that a number had before it was pointed here. Idempotent.
 * @param options `overwrite`: also restores settings that someone else changed since
 * @throws AppError conflict when someone else has changed the number since; not-found, config, auth, network, timeout
 */
export async function restoreNumber(options: NumberOptions & { overwrite?: boolean }): Promise<Restoration> {
  const { before, backup, changes, foreign } = await previewRestoration(options);
  if (!backup) return { result: "nothing-kept", before, after: before, changes };
  assertOurs(foreign, options.overwrite ?? false);
  const after = await applySettings(options.account, before, backup.original);
  assertRestored(after, backup);
  await backupsIn(options.dir).remove(before.sid);
  return { result: changes.length > 0 ? "restored" : "unchanged", before, after, changes };
}
