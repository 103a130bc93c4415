import type { Environment } from "./colour.ts";

/** As much of standard input as the command line needs. */
export interface InputStream extends AsyncIterable<unknown> {
  readonly isTTY?: boolean;
}

/** What the person or program that runs the command can answer. */
export interface Input {
  /** A person at a terminal can be prompted. */
  readonly isInteractive: boolean;
  /** All of standard input; empty when it is a terminal. */
  readAll(): Promise<Buffer>;
}

export interface InputOptions {
  stdin: InputStream;
  /** Prompts are written there (stderr). */
  isStderrTerminal: boolean;
  env: Environment;
  /** False with `--no-input`. */
  mayPrompt: boolean;
}

/** A continuous integration run cannot be prompted, even on something that looks like a terminal. */
const isCi = ({ CI }: Environment): boolean => CI !== undefined && !["", "0", "false"].includes(CI);

async function readBytes(stdin: InputStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  if (!stdin.isTTY) for await (const chunk of stdin) chunks.push(Buffer.from(chunk as string | Buffer));
  return Buffer.concat(chunks);
}

export function createInput({ stdin, isStderrTerminal, env, mayPrompt }: InputOptions): Input {
  return {
    isInteractive: mayPrompt && stdin.isTTY === true && isStderrTerminal && !isCi(env),
    readAll: () => readBytes(stdin),
  };
}
