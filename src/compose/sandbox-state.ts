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

/** What outlives a sandbox in its folder, so that links, pages and operators' commands go on after a restart. */
export interface SandboxState {
  secrets: SandboxSecrets;
  /** For `ServerDeps.stores`: the sessions of agents' pages. Calls die with their Twilio. */
  stores: Partial<Stores>;
  /** Tells commands of this folder where the sandbox listens. Returns the way to take that back. */
  announce(server: Announced): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const nothing = async (): Promise<void> => {};

/** Of a sandbox that leaves nothing behind. */
export function passingSandboxState(): SandboxState {
  return { secrets: newSandboxSecrets(), stores: {}, announce: async () => nothing, close: nothing };
}

/**
 * Opens the state of a folder's sandbox. Where it cannot be written, or another sandbox of this folder runs, nothing is kept.
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

/** A sandbox that runs, and the token of its operator. */
export interface FoundSandbox {
  /** `http://127.0.0.1:PORT` */
  url: string;
  token: string;
}

/** The sandbox that was started in a folder and runs. */
export async function findSandbox(cwd: string): Promise<FoundSandbox | undefined> {
  const dir = stateFolder(cwd);
  const running = await readRunFile(dir, "sandbox");
  const secrets = running && (await readSandboxSecrets(dir));
  return secrets && { url: `http://127.0.0.1:${running.port}`, token: secrets.operatorToken };
}
