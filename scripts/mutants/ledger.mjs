// What the tests' processes and the script tell each other: one JSON value a line, in a file that is only appended to.
import { appendFileSync, closeSync, fstatSync, openSync, readSync } from "node:fs";

/** Reads only what was appended since it last read: every try of a test looks into it. */
export function openLedger(path) {
  const entries = [];
  const killed = new Set();
  let [offset, rest] = [0, ""];
  const ledger = {
    /** At once, since the process may not come to another line. */
    write: (entry) =>
      appendFileSync(path, `${JSON.stringify({ pid: process.pid, at: Date.now(), ...entry })}\n`),
    read() {
      const file = openSync(path, "r");
      const added = Buffer.alloc(fstatSync(file).size - offset);
      offset += readSync(file, added, 0, added.length, offset);
      closeSync(file);
      const lines = (rest + added.toString("latin1")).split("\n");
      rest = lines.pop();
      for (const line of lines) {
        const entry = JSON.parse(Buffer.from(line, "latin1").toString());
        entries.push(entry);
        if (entry.killed !== undefined) killed.add(entry.killed);
      }
      return entries;
    },
    /** The mutants that a test has noticed. */
    killed() {
      ledger.read();
      return killed;
    },
  };
  return ledger;
}
