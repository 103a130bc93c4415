import { fileURLToPath } from "node:url";

/** The built pages, `dist/agent-page`, seen from `dist/cli` as well as from `src/cli`. */
export const pagesDir = fileURLToPath(new URL("../../dist/agent-page/", import.meta.url));
