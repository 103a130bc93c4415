import { access, constants, mkdir, open, rm, stat } from "node:fs/promises";
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
    return report.warning("There is no .env here: secrets must come from the environment.", `Type: ${INIT}`);
  const bits = mode & 0o777;
  if ((bits & 0o077) === 0) return report.ok(`It is there, for its owner alone (${bits.toString(8)}).`);
  return report.failure(
    `Others on this machine can read the secrets in .env (mode ${bits.toString(8)}).`,
    "Type: chmod 600 .env",
  );
}

async function checkProject(cwd: string): Promise<Finding> {
  const report = reportOn(PROJECT_FILE);
  if ((await modeOf(join(cwd, PROJECT_FILE))) === undefined)
    return report.warning(`There is no ${PROJECT_FILE} here.`, `Type: ${INIT}`);
  return report.ok("It is there.");
}

/** Writes for a try where the server and `init` write. */
async function checkFolder(cwd: string): Promise<Finding> {
  const report = reportOn("folder");
  const state = stateFolder(cwd);
  const trial = join(state, `.doctor-${process.pid}`);
  try {
    await access(cwd, constants.W_OK);
    const isNew = (await mkdir(state, { recursive: true, mode: 0o700 })) !== undefined;
    await (await open(trial, "w", 0o600)).close();
    await rm(isNew ? state : trial, { recursive: true });
    return report.ok("It can be written to.");
  } catch (thrown) {
    return report.failure(
      `Settings and calls cannot be kept: this folder or its ${STATE_FOLDER} cannot be written to (${systemCode(thrown) ?? "unknown"}).`,
      `Change to a folder that you may write to, or give this one back to you: chmod u+w . ${STATE_FOLDER}`,
    );
  }
}

/** The files of this folder and who may read and write them. */
export function checkFiles(cwd: string): Promise<Finding[]> {
  return Promise.all([checkSecrets(cwd), checkProject(cwd), checkFolder(cwd)]);
}
