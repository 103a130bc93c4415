import { join } from "node:path";

/** Beside the settings: what outlives a server, and what tells of one that runs. */
export const STATE_FOLDER = ".warm-transfer";

/** @param cwd the folder of the settings */
export const stateFolder = (cwd: string): string => join(cwd, STATE_FOLDER);

/** Where calls are kept if nothing else is said; a path from the folder of the settings. */
export const DEFAULT_STORE_URL = `file:${STATE_FOLDER}/calls.db`;
