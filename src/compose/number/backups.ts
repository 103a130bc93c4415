import { type NumberBackup, type NumberBackups, openNumberBackups } from "../../store/number-backup.ts";
import type { Account, NumberSettings } from "../../twilio/account/account.ts";
import { isNumberSettings } from "../../twilio/number/settings.ts";

export interface NumberOptions {
  account: Account;
  /** E.164 */
  number: string;
  /** The folder of the backup, such as `.warm-transfer`. Null: none is kept, and nothing can be restored. */
  dir: string | null;
}

export type Backup = NumberBackup<NumberSettings>;

const NONE: NumberBackups<NumberSettings> = {
  all: async () => ({}),
  find: async () => undefined,
  save: async () => undefined,
  remove: async () => undefined,
};

/** The backups in a folder; without one, none are kept and none are found. */
export function backupsIn(dir: string | null): NumberBackups<NumberSettings> {
  return dir === null ? NONE : openNumberBackups(dir, isNumberSettings);
}

/** The numbers (E.164) whose old settings are kept in a folder. @throws AppError config when they cannot be read */
export async function keptNumbers(dir: string): Promise<string[]> {
  return Object.values(await backupsIn(dir).all()).map(({ phoneNumber }) => phoneNumber);
}
