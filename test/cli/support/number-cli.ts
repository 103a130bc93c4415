import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Emulator, type PhoneNumberState, startEmulator } from "local-twilio";
import { runProgram } from "../../../src/cli/program.ts";
import { exitCodeOf } from "../../../src/cli/exit-codes.ts";
import { toAppError } from "../../../src/errors.ts";
import { aContext } from "./context.ts";
import { memoryOutput } from "./memory-output.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

export const NUMBER = "+15550100000";
export const PUBLIC_URL = "https://calls.example.com";
export const OLD_URL = "https://old.example.com/voice";

export interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

/** A folder with `.env`, an account at a local Twilio, and the command line, in this process. */
export interface NumberCli {
  emulator: Emulator;
  cwd: string;
  /** Runs `warm-transfer number …`. */
  run: (...words: string[]) => Promise<Result>;
  /** The same with `--json`; its stdout is one document. */
  json: (...words: string[]) => Promise<{ code: number; document: unknown; error: unknown }>;
  voiceUrl: () => string;
  hasBackup: () => boolean;
}

function envFile({ credentials, url }: Emulator): string {
  const { accountSid, authToken } = credentials;
  return [
    `TWILIO_ACCOUNT_SID=${accountSid}`,
    `TWILIO_AUTH_TOKEN=${authToken}`,
    `TWILIO_NUMBER=${NUMBER}`,
    `PUBLIC_URL=${PUBLIC_URL}`,
    `TWILIO_API_BASE_URL=${url}`,
    "",
  ].join("\n");
}

const documentOf = (text: string): unknown => (text === "" ? null : JSON.parse(text));

/** @param env over what stands in `.env`; an empty one takes nothing away */
export async function numberCli(
  change: Partial<PhoneNumberState> = { voiceUrl: OLD_URL },
  env: Record<string, string> = {},
): Promise<NumberCli> {
  const emulator = await startEmulator({ media: "none", numbers: [{ phoneNumber: NUMBER }] });
  emulator.configureNumber(NUMBER, change);
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, ".env"), envFile(emulator), { mode: 0o600 });
  onTestFinished(() => emulator.close());
  const run = async (...words: string[]): Promise<Result> => {
    const { output, written } = memoryOutput({ json: words.includes("--json") });
    const context = aContext(output, { cwd, env });
    const code = await runProgram(["number", ...words], context).catch((thrown: unknown) => {
      const error = toAppError(thrown);
      output.error(error);
      return exitCodeOf(error.category);
    });
    return { code, ...written };
  };
  return {
    emulator,
    cwd,
    run,
    async json(...words) {
      const { code, stdout, stderr } = await run(...words, "--json");
      return { code, document: documentOf(stdout), error: documentOf(stderr) };
    },
    voiceUrl: () => emulator.numbers[0]?.voiceUrl ?? "",
    hasBackup: () => existsSync(join(cwd, ".warm-transfer", "number-backup.json")),
  };
}
