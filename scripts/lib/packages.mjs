import { statSync } from "node:fs";
import { join } from "node:path";
import { contentHash } from "./fingerprint.mjs";
import { ROOT, run } from "./run.mjs";
import { giveUp, say, timed } from "./say.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";

const STAMP = "node_modules/.warm-transfer-lock";

function modifiedAt(path) {
  return statSync(join(ROOT, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Whether somebody ran npm after the lock file last changed. */
function installedByHand() {
  const installed = modifiedAt("node_modules/.package-lock.json");
  return installed > 0 && installed >= modifiedAt("package-lock.json");
}

async function install() {
  const { code, output } = await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    quiet: true,
  });
  if (code === 0) return;
  say(output.trim());
  giveUp("npm ci failed.", "check the connection to your package registry, then run: npm ci");
}

/** Runs npm ci when packages are missing or belong to another lock file. */
export async function ensurePackages() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    giveUp(
      `This is Node ${process.versions.node}; warm-transfer needs 20.19 or newer.`,
      "install a newer Node",
    );
  const lock = contentHash("package-lock.json");
  const stamp = readStamp(STAMP);
  if (stamp === lock) return;
  if (stamp !== null || !installedByHand())
    await timed("Installing the packages (npm ci)", "Installed the packages", install);
  writeStamp(STAMP, lock);
}
