import { join } from "node:path";
import type { Time } from "../call/types.ts";
import { AppError } from "../errors.ts";
import { readJsonFile, writeJsonFile } from "./json-file.ts";

/** A number's settings before the server changed them, and what it has set since. */
export interface NumberBackup<Settings> {
  /** E.164 */
  phoneNumber: string;
  savedAt: Time;
  original: Settings;
  /** Our settings that the number may have: the last ones, and those of a change that failed. */
  ours: Settings[];
}

/** Backups by the number's SID (`PN…`), in a file. */
export interface NumberBackups<Settings> {
  find(sid: string): Promise<NumberBackup<Settings> | undefined>;
  /** All readable backups, by SID. */
  all(): Promise<Record<string, NumberBackup<Settings>>>;
  /** Once it resolves, the backup survives a crash and a power cut. */
  save(sid: string, backup: NumberBackup<Settings>): Promise<void>;
  remove(sid: string): Promise<void>;
}

/**
 * @param dir such as `.warm-transfer`; the file in it is readable by its owner only
 * @returns methods that throw AppError config when the file, or the entry that they need, cannot be read or written
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
  const unreadable = (what: string): AppError =>
    new AppError("config", `${path} holds no readable backup ${what}.`, {
      hint: `Correct the file, or rename it and set the number by hand: https://console.twilio.com.`,
    });
  /** Keeps entries of other numbers unchanged, even unreadable ones. */
  const entries = async (): Promise<Record<string, unknown>> => {
    const content = (await readJsonFile(path)) ?? {};
    if (typeof content === "object" && !Array.isArray(content)) return content as Record<string, unknown>;
    throw unreadable("of any number");
  };
  // Without this error, the next change would back up our own settings as the ones to restore.
  const readable = (content: Record<string, unknown>, sid: string): NumberBackup<Settings> | undefined => {
    const entry = content[sid];
    if (entry === undefined) return undefined;
    if (isBackup(entry)) return entry;
    throw unreadable(`of ${sid}`);
  };
  return {
    async all() {
      const content = Object.entries(await entries());
      return Object.fromEntries(
        content.filter((entry): entry is [string, NumberBackup<Settings>] => isBackup(entry[1])),
      );
    },
    find: async (sid) => readable(await entries(), sid),
    async save(sid, backup) {
      const content = await entries();
      readable(content, sid);
      await writeJsonFile(path, { ...content, [sid]: backup });
    },
    async remove(sid) {
      const { [sid]: removed, ...others } = await entries();
      if (removed !== undefined) await writeJsonFile(path, others);
    },
  };
}
