import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

const ENTRY = join(process.cwd(), "dist/cli/index.js");

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A command that goes on; `lines` are the objects that it has told so far. */
export interface GoingOn {
  lines: Record<string, unknown>[];
  /** Everything on both streams. */
  said(): string;
  /** Sends Ctrl-C and waits for the end. Resolves with the exit code and how long it took, in ms. */
  interrupt(): Promise<{ code: number | null; ms: number }>;
  /** Ends at once and undoes nothing. */
  kill(): Promise<void>;
}

/** Somebody in a folder that was empty, who types commands. */
export interface NewUser {
  readonly folder: string;
  /** Runs a command to its end; `stdin` is what is piped into it. */
  types(words: readonly string[], stdin?: string): Promise<Finished>;
  /** Starts a command and waits for its first line, which is JSON. */
  starts(words: readonly string[]): Promise<GoingOn>;
  /** Ends what still runs, removes the folder. */
  leaves(): Promise<void>;
}

function cleanEnvironment(extra: Record<string, string>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(TWILIO_|NGROK_|PUBLIC_URL$|PORT$|STORE_URL$|OPERATOR_TOKEN$|SESSION_SECRET$)/.test(name),
  );
  return { ...Object.fromEntries(own), ...extra };
}

async function goOn(child: ChildProcess, words: readonly string[]): Promise<GoingOn> {
  let said = "";
  const lines: Record<string, unknown>[] = [];
  child.stderr?.on("data", (chunk) => (said += String(chunk)));
  if (!child.stdout) throw new Error("no standard output");
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => {
    said += `${line}\n`;
    lines.push(JSON.parse(line) as Record<string, unknown>);
  });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`${words.join(" ")} ended with ${code}: ${said}`);
  });
  await Promise.race([once(reader, "line"), ended]);
  ended.catch(() => {});
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, "exit");
    child.kill(signal);
    await exit;
  };
  return {
    lines,
    said: () => said,
    async interrupt() {
      const from = performance.now();
      await end("SIGINT");
      return { code: child.exitCode, ms: performance.now() - from };
    },
    kill: () => end("SIGKILL"),
  };
}

/** @param env what has been exported in the user's shell */
export function aNewUser(env: Record<string, string> = {}): NewUser {
  const folder = mkdtempSync(join(tmpdir(), "new-user-"));
  const running: GoingOn[] = [];
  const run = (words: readonly string[]) =>
    spawn(process.execPath, [ENTRY, ...words], { cwd: folder, env: cleanEnvironment(env), stdio: "pipe" });
  return {
    folder,
    async types(words, stdin = "") {
      const child = run(words);
      child.stdin.end(stdin);
      const [stdout, stderr, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, "close") as Promise<[number | null]>,
      ]);
      return { code, stdout, stderr };
    },
    async starts(words) {
      const command = await goOn(run(words), words);
      running.push(command);
      return command;
    },
    async leaves() {
      for (const command of running) await command.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
