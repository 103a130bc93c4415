import { removeRunFile, writeRunFile } from "../store/run-file.ts";
import { readVersion } from "../version.ts";
import type { RunningServer } from "./running-server.ts";

/**
 * Tells other commands of this folder which server runs, and where.
 * @param dir such as `.warm-transfer` @returns the way to take that back @throws AppError config when it cannot be written
 */
export async function announceServer(
  dir: string,
  { localUrl: url, port, instance }: Pick<RunningServer, "localUrl" | "port" | "instance">,
): Promise<() => Promise<void>> {
  await writeRunFile(dir, {
    pid: process.pid,
    url,
    port,
    version: readVersion(),
    instance,
    startedAt: Date.now(),
  });
  return () => removeRunFile(dir);
}
