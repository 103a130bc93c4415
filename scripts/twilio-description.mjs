// Fetches Twilio's OpenAPI description of its REST API for the contract tests: one file of a Twilio package, verified by its
// hash and kept in .cache/. `node scripts/twilio-description.mjs` prints its path.
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT, run } from "./lib/run.mjs";

const PACKAGE = "@twilio/cli-core@8.3.2";
const ARCHIVE = "twilio-cli-core-8.3.2.tgz";
const FILE = "package/src/services/twilio-api/twilio_api_v2010.json";
const SHA256 = "7f123267c8dd60bd5412ed723cc021f0e58d52b635e8fad41f72c4a3dda9e77e";
const TARGET = join(ROOT, ".cache", "twilio_api_v2010-8.3.2.json");

function hashOf(path) {
  try {
    return createHash("sha256").update(readFileSync(path)).digest("hex");
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

function fail(what, output) {
  throw new Error(
    `The contract tests need Twilio's OpenAPI description, but ${what}. ` +
      `Check the connection to your package registry, then run: node scripts/twilio-description.mjs\n${output}`.trim(),
  );
}

async function download(folder) {
  mkdirSync(folder, { recursive: true });
  const packArguments = [
    "pack",
    PACKAGE,
    "--ignore-scripts",
    "--loglevel=error",
    "--pack-destination",
    folder,
  ];
  const packed = await run("npm", packArguments, { quiet: true });
  if (packed.code !== 0) fail(`${PACKAGE} could not be fetched`, packed.output);
  const unpacked = await run("tar", ["-xzf", join(folder, ARCHIVE), "-C", folder, FILE], { quiet: true });
  if (unpacked.code !== 0) fail(`${FILE} could not be extracted from ${ARCHIVE}`, unpacked.output);
  const found = hashOf(join(folder, FILE));
  if (found !== SHA256) fail(`its SHA-256 is ${found}, not ${SHA256}`, "");
}

/** Returns the path of the description, and fetches it first if it is missing. Rejects with the fix when that fails. */
export async function twilioDescription() {
  if (hashOf(TARGET) === SHA256) return TARGET;
  const folder = join(dirname(TARGET), `twilio-${randomUUID()}`);
  try {
    await download(folder);
    // Several test files may fetch at once: the last rename wins, and all files are equal.
    renameSync(join(folder, FILE), TARGET);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return TARGET;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.stdout.write(`${await twilioDescription()}\n`);
  } catch (error) {
    process.stderr.write(`error: ${error.message}\n`);
    process.exitCode = 1;
  }
}
