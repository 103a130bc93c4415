import { rm } from "node:fs/promises";
import { join } from "node:path";
import { systemCode } from "../errors.ts";
import { readJsonFile, writeJsonFile } from "./json-file.ts";

/** What a running server tells about itself to commands on the same machine; no secrets. */
export interface RunInfo {
  pid: number;
  /** Where it listens: `http://127.0.0.1:PORT` */
  url: string;
  port: number;
  /** Of the program. */
  version: string;
  /** As in `RunningServer.instance`: that what answers at `url` is this very process. */
  instance: string;
  /** ms since 1970 */
  startedAt: number;
}

const pathIn = (dir: string): string => join(dir, "server.json");

function isRunInfo(value: unknown): value is RunInfo {
  const info = (value ?? {}) as Partial<RunInfo>;
  return (
    [info.pid, info.port, info.startedAt].every(Number.isInteger) &&
    [info.url, info.version, info.instance].every((text) => typeof text === "string")
  );
}

/** Signal 0 only asks: https://nodejs.org/api/process.html#processkillpid-signal */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process.
    return systemCode(error) === "EPERM";
  }
}

/** @param dir such as `.warm-transfer` @throws AppError config when it cannot be written */
export function writeRunFile(dir: string, info: RunInfo): Promise<void> {
  return writeJsonFile(pathIn(dir), info);
}

/**
 * The server that runs beside a folder. One that has ended without removing its file counts as none, and so does a file
 * that says nothing of use: the next server writes it anew.
 */
export async function readRunFile(dir: string): Promise<RunInfo | undefined> {
  const info = await readJsonFile(pathIn(dir)).catch(() => undefined);
  return isRunInfo(info) && info.pid > 0 && isAlive(info.pid) ? info : undefined;
}

/** Removes this process' file, or a dead one's; leaves that of another server that has started since. */
export async function removeRunFile(dir: string): Promise<void> {
  const info = await readRunFile(dir);
  if (!info || info.pid === process.pid) await rm(pathIn(dir), { force: true });
}
