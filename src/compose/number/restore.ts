import { AppError } from "../../errors.ts";
import { maskPassword } from "../../mask.ts";
import type { NumberState } from "../../twilio/account/account.ts";
import { type NumberChange, changesBetween } from "../../twilio/number/settings.ts";
import { foreignChanges } from "../../twilio/number/whose.ts";
import { applySettings } from "./apply-settings.ts";
import { type Backup, type NumberOptions, backupsIn } from "./backups.ts";

export interface RestorationPreview {
  before: NumberState;
  /** Null: nothing is kept of this number. */
  backup: Backup | null;
  /** From what is there to what was there before us. */
  changes: NumberChange[];
  /** What somebody else has set since we pointed the number; `before` is what was there before us. */
  foreign: NumberChange[];
}

export interface Restoration {
  /** `unchanged`: what was kept was there already; `nothing-kept`: nothing was kept of this number. */
  result: "restored" | "unchanged" | "nothing-kept";
  before: NumberState;
  after: NumberState;
  changes: NumberChange[];
}

/** What restoring a number would change. Changes nothing. @throws AppError not-found, config, auth, network, timeout */
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
  throw new AppError("conflict", `Somebody else has changed the number since: ${what}.`, {
    hint: "It was left as it is. warm-transfer number reset --yes restores what was there before all the same.",
  });
}

function assertRestored(after: NumberState, { original }: Backup): void {
  const left = changesBetween(after, original).map(({ setting }) => setting);
  if (left.length === 0) return;
  throw new AppError("twilio", `Twilio did not take back everything: ${left.join(", ")}.`, {
    hint: "See it at https://console.twilio.com; warm-transfer number reset tries again.",
  });
}

/**
 * Gives a number back exactly what it had before it was pointed here. May be repeated.
 * @param options `overwrite`: also what somebody else has set since
 * @throws AppError conflict when somebody else has changed the number since; not-found, config, auth, network, timeout
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
