import { type ServerKind, removeRunFile, writeRunFile } from "../store/run-file.ts";
import { readVersion } from "../version.ts";
import type { RunningServer } from "./running-server.ts";

/** The properties of a server that the run file needs. */
export type Announced = Pick<RunningServer, "localUrl" | "port" | "instance">;

/**
 * Writes the run file, in which commands of this folder find the server.
 * @param dir such as `.warm-transfer` @returns a function that removes it @throws AppError config when it cannot be written
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
