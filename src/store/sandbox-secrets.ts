import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { readJsonFile, writeJsonFile } from "./json-file.ts";

/** What a sandbox has in place of an account and of a folder's `.env`. */
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

function isWhole(value: unknown): value is SandboxSecrets {
  const secrets = (value ?? {}) as Record<string, unknown>;
  return Object.entries(SHAPES).every(([name, shape]) => {
    const secret = secrets[name];
    return typeof secret === "string" && shape.test(secret);
  });
}

/** Random ones. */
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

/** Those of the sandboxes of a folder; undefined when none has run there, or the file is damaged. */
export async function readSandboxSecrets(dir: string): Promise<SandboxSecrets | undefined> {
  const value = await readJsonFile(pathIn(dir)).catch(() => undefined);
  return isWhole(value) ? value : undefined;
}

/** The same, made (0600) if there are none. @throws AppError config when they cannot be written */
export async function keepSandboxSecrets(dir: string): Promise<SandboxSecrets> {
  const kept = await readSandboxSecrets(dir);
  if (kept) return kept;
  const secrets = newSandboxSecrets();
  await writeJsonFile(pathIn(dir), secrets);
  return secrets;
}
