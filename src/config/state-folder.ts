import { join } from "node:path";

/** Next to the settings: the store, backups, and a running server's run file. */
export const STATE_FOLDER = ".warm-transfer";

/** @param cwd the folder of the settings */
export const stateFolder = (cwd: string): string => join(cwd, STATE_FOLDER);

/** Relative to the settings' folder. */
export const DEFAULT_STORE_URL = `file:${STATE_FOLDER}/calls.db`;
