import type { Environment } from "./colour.ts";

/** As much of standard input as the command line needs. */
export interface InputStream extends AsyncIterable<unknown> {
  readonly isTTY?: boolean;
}

/** What comes from the person or the program that typed the command. */
export interface Input {
  /** Somebody sits at a terminal and may be asked. */
  readonly isInteractive: boolean;
  /** All of standard input, which is no terminal; empty when there is none. */
  readAll(): Promise<string>;
}

export interface InputOptions {
  stdin: InputStream;
  /** Questions are written there (stderr). */
  isTalkTerminal: boolean;
  env: Environment;
  /** False with `--no-input`. */
  mayAsk: boolean;
}

/** A continuous integration run has nobody to ask, even on something that looks like a terminal. */
const isCi = ({ CI }: Environment): boolean => CI !== undefined && !["", "0", "false"].includes(CI);

async function readText(stdin: InputStream): Promise<string> {
  if (stdin.isTTY) return "";
  let text = "";
  for await (const chunk of stdin) text += String(chunk);
  return text;
}

/** Judges once whether there is anybody to ask. */
export function createInput({ stdin, isTalkTerminal, env, mayAsk }: InputOptions): Input {
  return {
    isInteractive: mayAsk && stdin.isTTY === true && isTalkTerminal && !isCi(env),
    readAll: () => readText(stdin),
  };
}
