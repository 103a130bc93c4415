import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Order, Report } from "./process/messages.ts";

export interface Child {
  /** Calls the listener with each report, in order. */
  onReport(listener: (report: Report) => void): void;
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;
  /** Asks it to end, then kills it. */
  stop(): Promise<void>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** A process cannot run from `src`. */
const PROGRAM = fileURLToPath(new URL("../../dist/tunnel/process/main.js", import.meta.url));
/** Then it is killed. */
const STOP_MS = 1000;
/** The variables that a tunnel needs. Twilio's credentials are not among them. */
const PASSED =
  /^(path|pathext|home|userprofile|systemroot|comspec|appdata|localappdata|te?mp|tmpdir|lang|ssl_cert_(file|dir)|https?_proxy|no_proxy)$/i;

function passedOn(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => PASSED.test(name)));
}

/**
 * Runs a tunnel in its own process, which can be killed when it hangs and ends with ours even after kill -9. It has its own
 * process group: Ctrl-C in a terminal signals a whole group, and the tunnel must outlive the clean-up.
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
