import { type RunInfo, type ServerKind, removeRunFile, writeRunFile } from "../store/run-file.ts";
import { readVersion } from "../version.ts";
import type { RunningServer } from "./server.ts";

/** What the run file needs of a server, and of its sandbox. */
export type Announced = Pick<RunningServer, "localUrl" | "port" | "instance"> & Pick<RunInfo, "emulatorPort">;

/**
 * Writes the run file, in which commands of this folder find the server.
 * @param dir such as `.warm-transfer` @returns a function that removes it @throws AppError config when it cannot be written
 */
export async function announceServer(
  dir: string,
  { localUrl: url, port, instance, emulatorPort }: Announced,
  kind: ServerKind = "server",
): Promise<() => Promise<void>> {
  const info = { pid: process.pid, url, port, version: readVersion(), instance, startedAt: Date.now() };
  await writeRunFile(dir, emulatorPort === undefined ? info : { ...info, emulatorPort }, kind);
  return () => removeRunFile(dir, kind);
}
