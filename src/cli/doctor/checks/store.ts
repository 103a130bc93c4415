import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { findStoreLeftovers } from "../../../compose/call-archive.ts";
import { configOf } from "../../../config/load.ts";
import type { Settings } from "../../../config/settings.ts";
import { systemCode } from "../../../errors.ts";
import { type Finding, reportOn } from "../finding.ts";

/** True if this user may write to the nearest existing parent folder. */
async function canCreate(path: string): Promise<boolean> {
  const folder = dirname(path);
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch (thrown) {
    return systemCode(thrown) === "ENOENT" && folder !== path && canCreate(folder);
  }
}

/** Checks permissions only: opening the file could create it, or lock out a server. */
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

/** Records and files that the server could not read. Ignores a failure, because a running server may write during the copy. */
async function leftoversFinding(path: string): Promise<Finding | undefined> {
  const report = reportOn("store");
  const { records, files } = await findStoreLeftovers(path).catch(() => ({ records: [], files: [] }));
  const shown = records.slice(0, 3).join(", ") + (records.length > 3 ? ", …" : "");
  if (records.length > 0)
    return report.warning(
      `The server could not read ${records.length === 1 ? "a record" : `${records.length} records`} and set aside: ${shown}.`,
      `To look at them: sqlite3 ${path} "SELECT * FROM set_aside"`,
    );
  if (files.length === 0) return undefined;
  return report.warning(
    `The server found the store damaged, and kept the damaged file: ${files.join(", ")}.`,
    "Keep it as long as you may want to examine it, then delete it.",
  );
}

/** A running server owns the store, and reports its failures at `/readyz`. */
export async function checkStore(settings: Settings, isRunning: boolean): Promise<Finding> {
  const report = reportOn("store");
  const { storeUrl } = configOf(settings);
  if (storeUrl === "memory:")
    return report.warning("Calls are kept in memory, so a restart forgets them.", "Unset STORE_URL.");
  if (!/^file:./.test(storeUrl))
    return report.failure("STORE_URL is neither file:PATH nor memory:.", "Correct STORE_URL, or unset it.");
  const path = storeUrl.startsWith("file://") ? fileURLToPath(storeUrl) : storeUrl.slice("file:".length);
  if (isRunning) return (await leftoversFinding(path)) ?? report.ok("The server has it open.");
  const permissions = await fileFinding(path);
  return permissions.state === "ok" ? ((await leftoversFinding(path)) ?? permissions) : permissions;
}
