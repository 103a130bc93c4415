// `npm run build`: builds what is older than its sources.
import { ensureBuilt } from "./lib/build.mjs";
import { ensurePackages } from "./lib/packages.mjs";

await ensurePackages();
await ensureBuilt();
