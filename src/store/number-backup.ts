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
  /** All readable ones, by SID. */
  all(): Promise<Record<string, NumberBackup<Settings>>>;
  /** When it resolves, neither a crash nor a power cut loses it. */
  save(sid: string, backup: NumberBackup<Settings>): Promise<void>;
  remove(sid: string): Promise<void>;
}

/**
 * @param dir such as `.warm-transfer`; the file in it can be read by its owner alone
 * @param isSettings true for what a number's settings look like
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
  /** Entries of other numbers are passed on as they are, readable or not. */
  const entries = async (): Promise<Record<string, unknown>> => {
    const content = (await readJsonFile(path)) ?? {};
    if (typeof content === "object" && !Array.isArray(content)) return content as Record<string, unknown>;
    throw unreadable("of any number");
  };
  // Without this number's backup, our own settings would be taken for the ones to restore.
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
