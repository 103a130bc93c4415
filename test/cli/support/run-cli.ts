import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";

export const ENTRY = resolve("dist/cli/index.js");
const SETTINGS =
  /^(TWILIO_|NGROK_|PUBLIC_URL$|PORT$|OPERATOR_TOKEN$|SESSION_SECRET$|STORE_URL$|CI$|NO_COLOR$|FORCE_COLOR$|TERM$|NODE_OPTIONS$)/;

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface Options {
  env?: Record<string, string>;
  /** The program to run; without it, the one that was built here. */
  entry?: string;
  /** Options of node itself. */
  node?: string[];
  /** The folder in which the command is typed. */
  cwd?: string;
  /** What stands on standard input; without it, nothing does. */
  stdin?: string;
  /** Runs as this user. */
  uid?: number;
}

/** The environment of this test run without anything that our command line would look at. */
export function cleanEnvironment(extra: Record<string, string> = {}): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => !SETTINGS.test(name));
  return { ...(Object.fromEntries(own) as Record<string, string>), ...extra };
}

function start(
  args: readonly string[],
  { entry = ENTRY, env, node = [], cwd, stdin = "", uid }: Options = {},
) {
  const child = spawn(process.execPath, [...node, entry, ...args], {
    env: cleanEnvironment(env),
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid }),
    stdio: ["pipe", "pipe", "pipe"],
  });
  // A command that does not read it may have ended before.
  child.stdin.on("error", () => undefined);
  child.stdin.end(stdin);
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8");
  return child;
}

/** Runs the built command to its end. */
export async function runCli(args: readonly string[], options?: Options): Promise<Finished> {
  const child = start(args, options);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

export interface Running {
  child: ChildProcess;
  /** The lines of stdout so far. */
  lines: string[];
  /** The object in the first line. */
  ready: Record<string, unknown>;
  /** All of stderr so far. */
  stderr(): string;
  /** Sends a signal and waits for the end. Resolves with the exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts a command that goes on running, and waits for its first line, which is JSON. */
export async function startCli(args: readonly string[], options?: Options): Promise<Running> {
  const child = start(args, options);
  const lines: string[] = [];
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const reader = createInterface({ input: child.stdout });
  const first = new Promise<string>((resolve, reject) => {
    reader.once("line", resolve);
    child.once("exit", (code) => reject(new Error(`ended with ${code} before its first line: ${stderr}`)));
  });
  reader.on("line", (line) => lines.push(line));
  const ready = JSON.parse(await first) as Record<string, unknown>;
  return {
    child,
    lines,
    ready,
    stderr: () => stderr,
    async end(signal = "SIGINT") {
      if (child.exitCode === null && child.signalCode === null) {
        const exit = once(child, "exit");
        child.kill(signal);
        await exit;
      }
      return child.exitCode;
    },
  };
}

/** Runs a command until its stdout has a text, then ends it. Resolves with its stdout. */
export async function runUntil(args: readonly string[], text: string, options?: Options): Promise<string> {
  const child = start(args, options);
  let stdout = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
      if (stdout.includes(text)) resolve();
    });
    child.once("exit", (code) => reject(new Error(`ended with ${code} before it said ${text}`)));
  });
  const exit = once(child, "exit");
  child.kill("SIGINT");
  await exit;
  return stdout;
}
