/** Writes to stderr: stdout belongs to the command that follows (`--json`). */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Runs `work` between two lines; the second has the seconds it took. */
export async function timed(doing, done, work) {
  const start = performance.now();
  say(`${doing} …`);
  const result = await work();
  say(`${done} in ${((performance.now() - start) / 1000).toFixed(1)} s.`);
  return result;
}

/** Prints the error and the fix, and exits with 1. */
export function giveUp(happened, hint) {
  say(`error: ${happened}`);
  say(`hint: ${hint}`);
  process.exit(1);
}
