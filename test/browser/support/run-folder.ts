import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Makes the folder for what browsers and pages leave on the disk, and removes it after the last test. A worker could not: vitest gives
 * it half a second to end, and a few browsers' profiles take longer.
 */
export default function setup(): () => void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "warm-transfer-")));
  process.env.BROWSERS_FOLDER = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
