import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Order, Report } from "./process/messages.ts";

/** A running tunnel process. */
export interface Child {
  /** Told each report, in order. */
  onReport(listener: (report: Report) => void): void;
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Asks it to end, and ends it if it does not. */
  stop(): Promise<void>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Built: a process cannot run from `src`. */
const PROGRAM = fileURLToPath(new URL("../../dist/tunnel/process/main.js", import.meta.url));
/** After that it is not asked any more. */
const STOP_MS = 1000;
/** What a tunnel needs of the environment. The rest (credentials of Twilio's) is none of its business. */
const PASSED =
  /^(path|pathext|home|userprofile|systemroot|comspec|appdata|localappdata|te?mp|tmpdir|lang|ssl_cert_(file|dir)|https?_proxy|no_proxy)$/i;

function passedOn(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => PASSED.test(name)));
}

/**
 * Runs a tunnel in a process of its own: one that hangs can be ended, and it ends with us even when we are killed. It is
 * in a group of its own, because Ctrl-C in a terminal goes to the whole group and the tunnel is needed until we have ended.
 */
export function startChild(order: Order, env: Environment): Child {
  const child = fork(PROGRAM, {
    detached: true,
    env: passedOn(env),
    execArgv: [],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  child.send(order, () => undefined);
  return {
    onReport: (listener) => void child.on("message", (message) => listener(message as Report)),
    ended,
    async stop() {
      const insist = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      if (child.connected) child.disconnect();
      await ended;
      clearTimeout(insist);
    },
  };
}
