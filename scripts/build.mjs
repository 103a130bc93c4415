// `npm run build`: rebuilds the parts whose sources changed.
import { ensureBuilt } from "./lib/build.mjs";
import { ensurePackages } from "./lib/packages.mjs";

await ensurePackages();
await ensureBuilt();
