import { join } from "node:path";
import type { Time } from "../call/types.ts";
import { AppError } from "../errors.ts";
import { readJsonFile, writeJsonFile } from "./json-file.ts";

/** What a number did before we changed it, and what we have set since. */
export interface NumberBackup<Settings> {
  /** E.164 */
  phoneNumber: string;
  savedAt: Time;
  original: Settings;
  /** Everything of ours that may stand there: what was set last, and what was being set when something went wrong. */
  ours: Settings[];
}

/** Backups by the number's SID (`PN…`), in a file that outlives a crash. */
export interface NumberBackups<Settings> {
  find(sid: string): Promise<NumberBackup<Settings> | undefined>;
  /** All of them, by SID. */
  all(): Promise<Record<string, NumberBackup<Settings>>>;
  /** When it resolves, neither a crash nor a power cut loses it. */
  save(sid: string, backup: NumberBackup<Settings>): Promise<void>;
  remove(sid: string): Promise<void>;
}

/**
 * @param dir such as `.warm-transfer`; the file in it can be read by its owner alone
 * @param isSettings true for what a number's settings look like
 * @returns methods that throw AppError config when the file cannot be read or written, or holds something else
 */
export function openNumberBackups<Settings>(
  dir: string,
  isSettings: (value: unknown) => value is Settings,
): NumberBackups<Settings> {
  const path = join(dir, "number-backup.json");
  const isBackup = (value: unknown): value is NumberBackup<Settings> => {
    const { phoneNumber, savedAt, original, ours } = (value ?? {}) as Partial<NumberBackup<unknown>>;
    return (
      typeof phoneNumber === "string" &&
      Number.isInteger(savedAt) &&
      isSettings(original) &&
      Array.isArray(ours) &&
      ours.every(isSettings)
    );
  };
  const all = async (): Promise<Record<string, NumberBackup<Settings>>> => {
    const content = ((await readJsonFile(path)) ?? {}) as Record<string, unknown>;
    if (Object.values(content).every(isBackup)) return content as Record<string, NumberBackup<Settings>>;
    throw new AppError("config", `${path} does not hold what a number did before.`, {
      hint: "Mend it, or delete it and set the number by hand at https://console.twilio.com.",
    });
  };
  return {
    all,
    find: async (sid) => (await all())[sid],
    save: async (sid, backup) => writeJsonFile(path, { ...(await all()), [sid]: backup }),
    async remove(sid) {
      const { [sid]: removed, ...others } = await all();
      if (removed) await writeJsonFile(path, others);
    },
  };
}
