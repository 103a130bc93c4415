import { join } from "node:path";
import { stateFolder } from "../config/state-folder.ts";
import { readRunFile } from "../store/run-file.ts";
import {
  type SandboxSecrets,
  ensureSandboxSecrets,
  newSandboxSecrets,
  readSandboxSecrets,
} from "../store/sandbox-secrets.ts";
import { type Stores, openStores } from "../store/stores.ts";
import { type Announced, announceServer } from "./run-file.ts";

export type { SandboxSecrets };

/** State of a sandbox in its folder, so that links, pages and commands still work after a restart. */
export interface SandboxState {
  secrets: SandboxSecrets;
  /** For `ServerDeps.stores`: only sessions, because the local Twilio's calls end with it. */
  stores: Partial<Stores>;
  /** Writes the run file. Returns a function that removes it. */
  announce(server: Announced): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const nothing = async (): Promise<void> => {};

/** For a sandbox that saves nothing. */
export function passingSandboxState(): SandboxState {
  return { secrets: newSandboxSecrets(), stores: {}, announce: async () => nothing, close: nothing };
}

/**
 * Opens the state of a folder's sandbox. Saves nothing if the folder is not writable or another sandbox of it runs.
 * @param cwd the folder in which the sandbox was started
 */
export async function openSandboxState(cwd: string): Promise<SandboxState> {
  const dir = stateFolder(cwd);
  try {
    const stores = await openStores(`file:${join(dir, "sandbox-sessions.db")}`, { now: Date.now });
    return {
      secrets: await ensureSandboxSecrets(dir),
      stores: { sessions: stores.sessions },
      announce: (server) => announceServer(dir, server, "sandbox"),
      close: () => stores.close(),
    };
  } catch {
    return passingSandboxState();
  }
}

/** A running sandbox and its operator token. */
export interface FoundSandbox {
  /** `http://127.0.0.1:PORT` */
  url: string;
  token: string;
  /** `http://127.0.0.1:PORT`; undefined if an earlier release runs it. */
  emulator: string | undefined;
}

export async function findSandbox(cwd: string): Promise<FoundSandbox | undefined> {
  const dir = stateFolder(cwd);
  const running = await readRunFile(dir, "sandbox");
  const secrets = running && (await readSandboxSecrets(dir));
  if (!secrets) return undefined;
  const { port, emulatorPort } = running;
  const emulator = emulatorPort === undefined ? undefined : `http://127.0.0.1:${emulatorPort}`;
  return { url: `http://127.0.0.1:${port}`, token: secrets.operatorToken, emulator };
}
