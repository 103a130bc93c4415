// What `--help` costs over an empty Node, interleaved so that both see the same machine.
import { spawnSync } from "node:child_process";
import { ROOT } from "../lib/run.mjs";
import { median, report } from "./numbers.mjs";

const ROUNDS = 25;

function milliseconds(args) {
  const start = performance.now();
  spawnSync(process.execPath, args, { stdio: "ignore" });
  return performance.now() - start;
}

export function benchHelp() {
  const bare = [];
  const help = [];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(milliseconds(["-e", "0"]));
    help.push(milliseconds([`${ROOT}dist/cli/index.js`, "--help"]));
  }
  report("warm-transfer --help over node -e 0 (median of 25, interleaved; aim: 60 ms more)", [
    ["node -e 0", `${median(bare).toFixed(0)} ms`],
    ["--help", `${median(help).toFixed(0)} ms`],
    ["difference", `${(median(help) - median(bare)).toFixed(0)} ms`],
    ["ratio", (median(help) / median(bare)).toFixed(2)],
  ]);
}
