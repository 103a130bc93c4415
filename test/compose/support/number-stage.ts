import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Emulator, type PhoneNumberState, startEmulator } from "local-twilio";
import { type Account, connectAccount } from "../../../src/compose/account.ts";
import type { PointOptions } from "../../../src/compose/number/point.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

export const NUMBER = "+15550100000";
export const TRUNK = `TK${"a".repeat(32)}`;
export const APPLICATION = `AP${"b".repeat(32)}`;
export const OLD = {
  voiceUrl: "https://old.example.com/voice",
  voiceMethod: "GET",
  voiceFallbackUrl: "https://old.example.com/sorry",
  statusCallback: "https://old.example.com/ended",
  statusCallbackMethod: "GET",
} as const;

export interface NumberStage {
  emulator: Emulator;
  account: Account;
  /** A folder of its own, in which a backup can be kept. */
  dir: string;
  options: PointOptions;
  /** All that the number is at the local Twilio, apart from when. */
  number: () => Omit<PhoneNumberState, "dateUpdated">;
  /** The backup file's text and mode. */
  file: () => { text: string; mode: number };
}

/** A local Twilio with one number, and the official library that is connected to it. */
export async function numberStage(change: Partial<PhoneNumberState> = OLD): Promise<NumberStage> {
  const emulator = await startEmulator({ media: "none", numbers: [{ phoneNumber: NUMBER }] });
  emulator.configureNumber(NUMBER, change);
  const dir = temporaryFolder();
  onTestFinished(() => emulator.close());
  const { accountSid, authToken } = emulator.credentials;
  const account = await connectAccount({ accountSid, authToken, apiBaseUrl: emulator.url });
  const path = join(dir, "number-backup.json");
  return {
    emulator,
    account,
    dir,
    options: {
      account,
      dir,
      number: NUMBER,
      publicUrl: "https://calls.example.com",
      language: "en",
      twilioApiBaseUrl: emulator.url,
      takeOver: false,
    },
    number() {
      const [number] = emulator.numbers;
      if (!number) throw new Error("the emulator has no number");
      const { dateUpdated: _, ...rest } = number;
      return rest;
    },
    file: () => ({ text: readFileSync(path, "utf8"), mode: statSync(path).mode & 0o777 }),
  };
}
