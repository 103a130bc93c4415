import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { configOf } from "../../../config/load.ts";
import type { Settings } from "../../../config/settings.ts";
import { systemCode } from "../../../errors.ts";
import { type Finding, reportOn } from "../finding.ts";

/** Whether this user may write to the nearest folder above that exists. */
async function canCreate(path: string): Promise<boolean> {
  const folder = dirname(path);
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch (thrown) {
    return systemCode(thrown) === "ENOENT" && folder !== path && canCreate(folder);
  }
}

/** Whether a store's file has the permissions that a server needs. Opening it could create it, or lock out a server. */
async function fileFinding(path: string): Promise<Finding> {
  const report = reportOn("store");
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return report.ok(`This user has permission to read and write ${path}. Not opened: no server is running.`);
  } catch (thrown) {
    const code = systemCode(thrown) ?? "unknown";
    if (code === "ENOENT" && (await canCreate(path)))
      return report.ok("It does not exist yet. The first start creates it.");
    return report.failure(
      `This user cannot read and write ${path} (${code}).`,
      "Change its permissions, or set another STORE_URL.",
    );
  }
}

/** Whether calls can be kept. A running server has the store to itself, and reports by `/readyz` when it fails. */
export async function checkStore(settings: Settings, isRunning: boolean): Promise<Finding> {
  const report = reportOn("store");
  const { storeUrl } = configOf(settings);
  if (storeUrl === "memory:")
    return report.warning("Calls are kept in memory, so a restart forgets them.", "Unset STORE_URL.");
  if (!/^file:./.test(storeUrl))
    return report.failure("STORE_URL is neither file:PATH nor memory:.", "Correct STORE_URL, or unset it.");
  if (isRunning) return report.ok("The server has it open.");
  const path = storeUrl.startsWith("file://") ? fileURLToPath(storeUrl) : storeUrl.slice("file:".length);
  return fileFinding(path);
}
