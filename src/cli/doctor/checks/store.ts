import { probeStore } from "../../../compose/store.ts";
import { configOf } from "../../../config/load.ts";
import type { Settings } from "../../../config/settings.ts";
import { type Finding, reportOn } from "../finding.ts";

/** Whether calls can be kept. A server that runs has the store to itself, and says by `/readyz` when it fails. */
export async function checkStore(settings: Settings, isRunning: boolean): Promise<Finding> {
  const report = reportOn("store");
  const { storeUrl } = configOf(settings);
  if (storeUrl === "memory:")
    return report.warning("Calls are kept in memory: a restart forgets them.", "Unset STORE_URL.");
  if (isRunning) return report.ok("The server has it open.");
  try {
    await probeStore(storeUrl);
    return report.ok("It can be written to.");
  } catch (thrown) {
    return report.failed(thrown);
  }
}
