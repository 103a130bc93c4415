// `node scripts/control-api.mjs`: generates docs/control-api.md from the schemas of the control API.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./lib/build.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { ROOT } from "./lib/run.mjs";
import { say } from "./lib/say.mjs";

await ensurePackages();
await ensureBuilt();
const { controlApiDocument } = await import("../dist/server/api/description/document.js");
writeFileSync(join(ROOT, "docs/control-api.md"), controlApiDocument());
say("Wrote docs/control-api.md.");
