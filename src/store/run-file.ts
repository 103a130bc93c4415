import { rm } from "node:fs/promises";
import { join } from "node:path";
import { systemCode } from "../errors.ts";
import { readJsonFile, writeJsonFile } from "./json-file.ts";

/** Tells commands on this machine where the server is. Holds no secrets. */
export interface RunInfo {
  pid: number;
  /** Where it listens: `http://127.0.0.1:PORT` */
  url: string;
  port: number;
  /** The program's version. */
  version: string;
  /** `RunningServer.instance`: commands compare it with the server that answers at `url`. */
  instance: string;
  /** ms since 1970 */
  startedAt: number;
  /** Of a sandbox: where its emulator listens, on 127.0.0.1. */
  emulatorPort?: number;
}

/** `server` uses the folder's settings, `sandbox` its own. */
export type ServerKind = "server" | "sandbox";

const FILES: Record<ServerKind, string> = { server: "server.json", sandbox: "sandbox-server.json" };
const pathIn = (dir: string, kind: ServerKind): string => join(dir, FILES[kind]);

function isRunInfo(value: unknown): value is RunInfo {
  const info = (value ?? {}) as Partial<RunInfo>;
  return (
    [info.pid, info.port, info.startedAt, info.emulatorPort ?? 0].every(Number.isInteger) &&
    [info.url, info.version, info.instance].every((text) => typeof text === "string")
  );
}

/** Signal 0 tests whether a process exists: https://nodejs.org/api/process.html#processkillpid-signal */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: the process exists and belongs to another user.
    return systemCode(error) === "EPERM";
  }
}

/** @param dir such as `.warm-transfer` @throws AppError config when it cannot be written */
export function writeRunFile(dir: string, info: RunInfo, kind: ServerKind = "server"): Promise<void> {
  return writeJsonFile(pathIn(dir, kind), info);
}

/**
 * Undefined if the file is missing or unreadable, or its process is gone. The next server overwrites it.
 */
export async function readRunFile(dir: string, kind: ServerKind = "server"): Promise<RunInfo | undefined> {
  const info = await readJsonFile(pathIn(dir, kind)).catch(() => undefined);
  return isRunInfo(info) && info.pid > 0 && isAlive(info.pid) ? info : undefined;
}

/** Removes the file, unless it belongs to another live server. */
export async function removeRunFile(dir: string, kind: ServerKind = "server"): Promise<void> {
  const info = await readRunFile(dir, kind);
  if (!info || info.pid === process.pid) await rm(pathIn(dir, kind), { force: true });
}
