import type { Environment } from "./colour.ts";

export interface InputStream extends AsyncIterable<unknown> {
  readonly isTTY?: boolean;
}

export interface Input {
  /** A person at a terminal can be prompted. */
  readonly isInteractive: boolean;
  /** Reads standard input to its end; empty for a terminal. */
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

/** A CI run cannot be prompted, even on a pseudo-terminal. */
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
