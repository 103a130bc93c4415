// `npm run bench`: figures, as ratios against a baseline in the same run. `npm run bench -- help` runs one.
import { ensureBuilt } from "./lib/build.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { giveUp } from "./lib/say.mjs";

await ensurePackages();
await ensureBuilt();

const BENCHES = {
  help: async () => (await import("./bench/help.mjs")).benchHelp(),
  webhooks: async () => (await import("./bench/webhooks.mjs")).benchWebhooks(),
  pages: async () => (await import("./bench/pages.mjs")).benchPages(),
  transfer: async () => (await import("./bench/transfer.mjs")).benchTransfer(),
  complete: async () => (await import("./bench/complete.mjs")).benchComplete(),
  requests: async () => (await import("./bench/requests.mjs")).benchRequests(),
  legs: async () => (await import("./bench/legs.mjs")).benchLegs(),
};

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(BENCHES);
for (const name of wanted) {
  if (!(name in BENCHES))
    giveUp(`Unknown bench: ${name}.`, `choose one of: ${Object.keys(BENCHES).join(", ")}`);
  await BENCHES[name]();
}
process.exit(0);
