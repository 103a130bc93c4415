import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { readJsonFile, writeJsonFile } from "./json-file.ts";

/** The sandbox's substitute for an account and a `.env` file. */
export interface SandboxSecrets {
  accountSid: string;
  authToken: string;
  apiKey: string;
  apiSecret: string;
  operatorToken: string;
  sessionSecret: string;
}

const pathIn = (dir: string): string => join(dir, "sandbox.json");
const hex = (): string => randomBytes(16).toString("hex");
const SHAPES: Record<keyof SandboxSecrets, RegExp> = {
  accountSid: /^AC[0-9a-f]{32}$/,
  authToken: /^\S{16,}$/,
  apiKey: /^SK[0-9a-f]{32}$/,
  apiSecret: /^\S{16,}$/,
  operatorToken: /^[!-~]{16,}$/,
  sessionSecret: /^\S{32,}$/,
};

function isSandboxSecrets(value: unknown): value is SandboxSecrets {
  const secrets = (value ?? {}) as Record<string, unknown>;
  return Object.entries(SHAPES).every(([name, shape]) => {
    const secret = secrets[name];
    return typeof secret === "string" && shape.test(secret);
  });
}

export function newSandboxSecrets(): SandboxSecrets {
  return {
    accountSid: `AC${hex()}`,
    authToken: hex(),
    apiKey: `SK${hex()}`,
    apiSecret: hex(),
    operatorToken: randomBytes(24).toString("base64url"),
    sessionSecret: randomBytes(32).toString("base64url"),
  };
}

/** Undefined if no sandbox has run in the folder, or the file is damaged. */
export async function readSandboxSecrets(dir: string): Promise<SandboxSecrets | undefined> {
  const value = await readJsonFile(pathIn(dir)).catch(() => undefined);
  return isSandboxSecrets(value) ? value : undefined;
}

/** Creates the file (0600) if it is missing. @throws AppError config when it cannot be written */
export async function ensureSandboxSecrets(dir: string): Promise<SandboxSecrets> {
  const kept = await readSandboxSecrets(dir);
  if (kept) return kept;
  const secrets = newSandboxSecrets();
  await writeJsonFile(pathIn(dir), secrets);
  return secrets;
}
