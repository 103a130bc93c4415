import { fileURLToPath } from "node:url";

/** `dist/agent-page`, relative to `dist/cli` and `src/cli` alike. */
export const pagesDir = fileURLToPath(new URL("../../dist/agent-page/", import.meta.url));
