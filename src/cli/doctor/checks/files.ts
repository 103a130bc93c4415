import { access, constants, stat } from "node:fs/promises";
import { join } from "node:path";
import { envFilePath } from "../../../config/env-file.ts";
import { PROJECT_FILE } from "../../../config/project-file.ts";
import { STATE_FOLDER, stateFolder } from "../../../config/state-folder.ts";
import { systemCode } from "../../../errors.ts";
import { type Finding, reportOn } from "../finding.ts";

const INIT = "warm-transfer init";

const modeOf = async (path: string): Promise<number | undefined> =>
  (await stat(path).catch(() => undefined))?.mode;

async function checkSecrets(cwd: string): Promise<Finding> {
  const report = reportOn(".env");
  const mode = await modeOf(envFilePath(cwd));
  if (mode === undefined)
    return report.warning(
      "This folder has no .env, so secrets must come from the environment.",
      `Run: ${INIT}`,
    );
  const bits = mode & 0o777;
  if ((bits & 0o077) === 0) return report.ok(`Only its owner can read it (mode ${bits.toString(8)}).`);
  return report.failure(
    `Other users of this machine can read the secrets in .env (mode ${bits.toString(8)}).`,
    "Run: chmod 600 .env",
  );
}

async function checkProject(cwd: string): Promise<Finding> {
  const report = reportOn(PROJECT_FILE);
  if ((await modeOf(join(cwd, PROJECT_FILE))) === undefined)
    return report.warning(`This folder has no ${PROJECT_FILE}.`, `Run: ${INIT}`);
  return report.ok("It exists.");
}

/** Permissions only: doctor writes nothing, not even for a try. */
async function checkFolder(cwd: string): Promise<Finding> {
  const report = reportOn("folder");
  const state = stateFolder(cwd);
  try {
    await access(cwd, constants.W_OK);
    const isFolder = await stat(state).then(
      (found) => found.isDirectory(),
      () => undefined,
    );
    if (isFolder === false)
      return report.failure(`${STATE_FOLDER} is a file, not a folder.`, `Delete it: rm ${STATE_FOLDER}`);
    if (isFolder) await access(state, constants.W_OK | constants.X_OK);
    return report.ok("This user has permission to write here.");
  } catch (thrown) {
    return report.failure(
      `This user has no permission to write to this folder or its ${STATE_FOLDER} (${systemCode(thrown) ?? "unknown"}).`,
      `Change to a folder that you can write to, or run: chmod u+w . ${STATE_FOLDER}`,
    );
  }
}

/** The files of this folder, and who has permission to read and write them. */
export function checkFiles(cwd: string): Promise<Finding[]> {
  return Promise.all([checkSecrets(cwd), checkProject(cwd), checkFolder(cwd)]);
}
