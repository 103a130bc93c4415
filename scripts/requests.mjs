// `npm run requests [COUNT [SEED]]`: sends generated REST, TwiML and signalling requests to the emulator, 30,000 by default. Each
// failure names the seed and the round that play it again: REQUESTS_SEED=1 REQUESTS_ROUND=7 npm run requests.
import { ensurePackages } from "./lib/packages.mjs";
import { runTool } from "./lib/run.mjs";
import { giveUp } from "./lib/say.mjs";

const TEST = "emulator/test/contract/generated-requests.test.ts";

const [count = "30000", seed = process.env.REQUESTS_SEED ?? "1"] = process.argv.slice(2);
if (![count, seed].every((text) => /^\d{1,7}$/.test(text)))
  giveUp("Pass a count and a seed.", "npm run requests -- 30000 1");

await ensurePackages();
const env = { REQUESTS: count, REQUESTS_SEED: seed };
const { code } = await runTool("vitest/vitest.mjs", ["run", "--project", "wire", TEST], { env });
process.exit(code);
