import { stripVTControlCharacters } from "node:util";
import { type IPty, spawn } from "@lydell/node-pty";
import { ENTRY, cleanEnvironment } from "./run-cli.ts";

export const KEYS = { enter: "\r", down: "\u001b[B", up: "\u001b[A", interrupt: "\u0003", reveal: "\u0014" };

/** A question that has not come by then does not come. */
const PATIENCE_MS = 15_000;

/** A command at a terminal, with somebody who reads and types. */
export interface Terminal {
  /** Everything that was on the screen, without colours and cursor movements. */
  screen(): string;
  /** Resolves when a text is there that was not there when something was last typed. */
  sees(text: string): Promise<void>;
  type(keys: string): void;
  /** Waits for a question and answers it. */
  answers(question: string, keys: string): Promise<void>;
  /** Resolves with the exit code. */
  ended: Promise<number>;
  kill(): void;
}

function watch(pty: IPty) {
  let raw = "";
  const readers = new Set<() => void>();
  pty.onData((data) => {
    raw += data;
    for (const reader of readers) reader();
  });
  return { readers, screen: () => stripVTControlCharacters(raw) };
}

/** Runs the built command in a pseudo-terminal. */
export function atTerminal(
  args: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): Terminal {
  const pty = spawn(process.execPath, [ENTRY, ...args], {
    cwd,
    env: cleanEnvironment({ TERM: "xterm-256color", ...env }),
    cols: 120,
    rows: 40,
  });
  const { readers, screen } = watch(pty);
  const ended = new Promise<number>((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)));
  let read = 0;
  const sees = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const over = setTimeout(
        () => stop(reject, `“${text}” did not come. The screen:\n${screen()}`),
        PATIENCE_MS,
      );
      const look = (): void => {
        if (screen().slice(read).includes(text)) stop(resolve);
      };
      const stop = (settle: (value: never) => void, why?: string): void => {
        clearTimeout(over);
        readers.delete(look);
        settle((why === undefined ? undefined : new Error(why)) as never);
      };
      readers.add(look);
      look();
    });
  const type = (keys: string): void => {
    read = screen().length;
    pty.write(keys);
  };
  return {
    screen,
    sees,
    type,
    async answers(question, keys) {
      await sees(question);
      type(keys);
    },
    ended,
    kill: () => pty.kill(),
  };
}
