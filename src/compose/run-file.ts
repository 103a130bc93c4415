import { type ServerKind, removeRunFile, writeRunFile } from "../store/run-file.ts";
import { readVersion } from "../version.ts";
import type { RunningServer } from "./running-server.ts";

/** What of a server other commands need to know. */
export type Announced = Pick<RunningServer, "localUrl" | "port" | "instance">;

/**
 * Tells other commands of this folder which server runs, and where.
 * @param dir such as `.warm-transfer` @returns the way to take that back @throws AppError config when it cannot be written
 */
export async function announceServer(
  dir: string,
  { localUrl: url, port, instance }: Announced,
  kind: ServerKind = "server",
): Promise<() => Promise<void>> {
  const info = { pid: process.pid, url, port, version: readVersion(), instance, startedAt: Date.now() };
  await writeRunFile(dir, info, kind);
  return () => removeRunFile(dir, kind);
}
