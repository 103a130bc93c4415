import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** A program of cloudflared's name that a test has written. */
export interface FakeCloudflared {
  /** An environment on whose PATH it is. */
  readonly env: { PATH: string; TWILIO_AUTH_TOKEN: string };
  /** Process ids, in the order in which it was started. */
  readonly pids: () => number[];
  /** What one of them was called with, and its environment. */
  readonly words: () => string;
  readonly isRunning: (pid: number) => boolean;
  readonly kill: (pid: number) => Promise<void>;
  /** Lets one that reads a line of `$dir/fifo` go on. */
  readonly goOn: () => Promise<void>;
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** What cloudflared prints before it has an address, and the box around it. */
export const says = (name: string): string => `
echo "2026-01-02T03:04:05Z INF Requesting new quick Tunnel on trycloudflare.com..." >&2
echo "2026-01-02T03:04:05Z DBG Post https://api.trycloudflare.com/tunnel" >&2
echo "2026-01-02T03:04:06Z INF |  https://${name}.trycloudflare.com                              |" >&2
while :; do read line < "$dir/fifo"; done`;

/**
 * @param script of a shell; `$count` says the how many-eth start it is, `$dir` is a folder of its own
 */
export function fakeCloudflared(script: string): FakeCloudflared {
  const dir = temporaryFolder();
  const program = join(dir, "cloudflared");
  writeFileSync(
    program,
    `#!/bin/sh
dir=${dir}
echo $$ >> $dir/pids
count=$(wc -l < $dir/pids | tr -d ' ')
echo "$@" > $dir/words
env >> $dir/words
test -p $dir/fifo || mkfifo $dir/fifo
${script}
`,
  );
  chmodSync(program, 0o755);
  const read = (name: string): string =>
    existsSync(join(dir, name)) ? readFileSync(join(dir, name), "utf8") : "";
  const pids = (): number[] => read("pids").split("\n").filter(Boolean).map(Number);
  onTestFinished(() => {
    for (const pid of pids()) if (isAlive(pid)) process.kill(pid, "SIGKILL");
  });
  return {
    env: { PATH: `${dir}:/usr/bin:/bin`, TWILIO_AUTH_TOKEN: "not for others" },
    pids,
    words: () => read("words"),
    isRunning: isAlive,
    goOn: () =>
      vi.waitFor(() => {
        // Without a reader this throws, where a blocking write would hold the test up.
        const fifo = openSync(join(dir, "fifo"), constants.O_WRONLY | constants.O_NONBLOCK);
        writeSync(fifo, "\n");
        closeSync(fifo);
      }, 10_000),
    async kill(pid) {
      process.kill(pid, "SIGKILL");
      await vi.waitFor(() => {
        if (isAlive(pid)) throw new Error("it lives");
      }, 15_000);
    },
  };
}
