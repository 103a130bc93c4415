import { rm } from "node:fs/promises";
import { join } from "node:path";
import { systemCode } from "../errors.ts";
import { readJsonFile, writeJsonFile } from "./json-file.ts";

/** Where commands on this machine find a running server. Holds no secrets. */
export interface RunInfo {
  pid: number;
  /** Where it listens: `http://127.0.0.1:PORT` */
  url: string;
  port: number;
  /** Of the program. */
  version: string;
  /** As in `RunningServer.instance`: commands compare it with what answers at `url`. */
  instance: string;
  /** ms since 1970 */
  startedAt: number;
}

/** The server of a folder's settings, or the sandbox, which has settings of its own. */
export type ServerKind = "server" | "sandbox";

const FILES: Record<ServerKind, string> = { server: "server.json", sandbox: "sandbox-server.json" };
const pathIn = (dir: string, kind: ServerKind): string => join(dir, FILES[kind]);

function isRunInfo(value: unknown): value is RunInfo {
  const info = (value ?? {}) as Partial<RunInfo>;
  return (
    [info.pid, info.port, info.startedAt].every(Number.isInteger) &&
    [info.url, info.version, info.instance].every((text) => typeof text === "string")
  );
}

/** Signal 0 tests whether a process exists: https://nodejs.org/api/process.html#processkillpid-signal */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process.
    return systemCode(error) === "EPERM";
  }
}

/** @param dir such as `.warm-transfer` @throws AppError config when it cannot be written */
export function writeRunFile(dir: string, info: RunInfo, kind: ServerKind = "server"): Promise<void> {
  return writeJsonFile(pathIn(dir, kind), info);
}

/**
 * The server of a folder. A file whose process is gone, or that cannot be read, counts as none: the next server overwrites it.
 */
export async function readRunFile(dir: string, kind: ServerKind = "server"): Promise<RunInfo | undefined> {
  const info = await readJsonFile(pathIn(dir, kind)).catch(() => undefined);
  return isRunInfo(info) && info.pid > 0 && isAlive(info.pid) ? info : undefined;
}

/** Removes this process' file, or a dead one's; leaves that of another server that has started since. */
export async function removeRunFile(dir: string, kind: ServerKind = "server"): Promise<void> {
  const info = await readRunFile(dir, kind);
  if (!info || info.pid === process.pid) await rm(pathIn(dir, kind), { force: true });
}
