// `npm start`: installs, builds and runs the sandbox, from a bare clone.
import { ensureBuilt } from "./lib/build.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { ROOT } from "./lib/run.mjs";

await ensurePackages();
await ensureBuilt();
const cli = `${ROOT}dist/cli/index.js`;
process.argv = [process.execPath, cli, "sandbox", ...process.argv.slice(2)];
await import(`file://${cli}`);
