// Another process with a store: `node store-process.mjs STORE_URL hold|write RUN`. It prints a line of JSON when it has
// opened the store or was refused; `write` then writes calls without end and prints each write that was acknowledged.
import { writeSync } from "node:fs";
import { newCallRecord } from "../../../dist/call/legs.js";
import { openStores } from "../../../dist/store/stores.js";

const [storeUrl, what, run] = process.argv.slice(2);
const tell = (line) => writeSync(1, `${JSON.stringify(line)}\n`);

/** Each call is made, changed several times and ended, but every seventh, which stays live. */
async function writeCalls(calls) {
  for (let n = 0; ; n++) {
    const id = `CA-${run}-${n}`;
    const fact = { kind: "customer-called", at: n, call: id, number: "+15550100" };
    for (let revision = 0; revision < 6; revision++) {
      const endedAt = revision < 5 || n % 7 === 0 ? null : n;
      await calls.update(id, (current) => ({
        ...(current ?? newCallRecord(fact, { maxCallMinutes: 240 })),
        revision,
        endedAt,
      }));
      tell({ id, revision, endedAt });
    }
  }
}

try {
  const { calls } = await openStores(storeUrl, { now: Date.now });
  tell({ opened: process.pid });
  if (what === "write") await writeCalls(calls);
  setInterval(() => {}, 60_000);
} catch (error) {
  const { category, message, hint } = error;
  tell({ refused: { category, message, hint } });
}
