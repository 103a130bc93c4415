import { type NumberBackup, type NumberBackups, openNumberBackups } from "../../store/number-backup.ts";
import type { Account, NumberSettings } from "../../twilio/account/account.ts";
import { isNumberSettings } from "../../twilio/number/settings.ts";

export interface NumberOptions {
  account: Account;
  /** E.164 */
  number: string;
  /** The folder of the backup, such as `.warm-transfer`. Null: no backup, so nothing can be restored. */
  dir: string | null;
}

export type Backup = NumberBackup<NumberSettings>;

const NONE: NumberBackups<NumberSettings> = {
  all: async () => ({}),
  find: async () => undefined,
  save: async () => undefined,
  remove: async () => undefined,
};

export function backupsIn(dir: string | null): NumberBackups<NumberSettings> {
  return dir === null ? NONE : openNumberBackups(dir, isNumberSettings);
}

/** The numbers (E.164) with a backup. @throws AppError config when it cannot be read */
export async function keptNumbers(dir: string): Promise<string[]> {
  return Object.values(await backupsIn(dir).all()).map(({ phoneNumber }) => phoneNumber);
}
