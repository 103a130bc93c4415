import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { onTestFinished } from "vitest";
import { startEmulator } from "local-twilio";
import { runProgram } from "../../../src/cli/program.ts";
import type { AppError } from "../../../src/errors.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { aContext } from "../support/context.ts";
import { memoryOutput } from "../support/memory-output.ts";

export const NUMBER = "+15550100000";
export const OTHER_NUMBER = "+15550100001";

interface Extra {
  env?: Record<string, string>;
  stdin?: string | Buffer;
  cwd?: string;
}

export interface Ended {
  /** The document on stdout. */
  document: Record<string, unknown>;
  error: AppError | undefined;
  stdout: string;
}

/** A local Twilio with two numbers, an empty folder, and the words of `init` that need only the auth token besides. */
export async function accountAndFolder() {
  const numbers = [NUMBER, OTHER_NUMBER].map((phoneNumber) => ({
    phoneNumber,
    voiceUrl: "https://old.example.com/voice",
  }));
  const emulator = await startEmulator({ media: "none", numbers });
  onTestFinished(() => emulator.close());
  const { accountSid, authToken } = emulator.credentials;
  const cwd = temporaryFolder();
  const account = ["--account-sid", accountSid, "--number", NUMBER, "--agents", "agent1,agent2"];
  return {
    emulator,
    accountSid,
    authToken,
    cwd,
    env: { TWILIO_API_BASE_URL: emulator.url },
    complete: [...account, "--public-url", "http://127.0.0.1:3000"],
    files: () => readdirSync(cwd).sort(),
  };
}

/** Runs `init` in this process. */
export async function startInitStage() {
  const place = await accountAndFolder();
  const { emulator, authToken, cwd: home, env, complete } = place;
  return {
    ...place,
    keys: () => [...emulator.engine.world.keys.keys()],
    secrets: (cwd = home) => parseEnv(readFileSync(join(cwd, ".env"), "utf8")),
    project: (cwd = home) =>
      JSON.parse(readFileSync(join(cwd, "warm-transfer.json"), "utf8")) as Record<string, unknown>,
    has: (name: string) => existsSync(join(home, name)),
    /** Passes the auth token on standard input unless `stdin` is given. */
    init: async (args: readonly string[] = complete, extra: Extra = {}): Promise<Ended> => {
      const { output, written } = memoryOutput({ json: true });
      const context = aContext(output, {
        cwd: extra.cwd ?? home,
        env: { ...env, ...extra.env },
        input: {
          isInteractive: false,
          readAll: async () => Buffer.from((extra.stdin ?? authToken) as string),
        },
      });
      const error = await runProgram(["init", ...args], context).then(
        () => undefined,
        (thrown: unknown) => thrown as AppError,
      );
      const document = written.stdout === "" ? {} : (JSON.parse(written.stdout) as Record<string, unknown>);
      return { document, error, stdout: written.stdout };
    },
  };
}
