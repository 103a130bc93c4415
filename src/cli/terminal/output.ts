import type { AppError } from "../../errors.ts";
import { type Environment, type Paint, paintFor } from "./colour.ts";
import { safeJson } from "../../mask.ts";
import { formatError } from "./format-error.ts";
import { safeText } from "./safe-text.ts";
import { spin } from "./spinner.ts";
import { wrapWords } from "./wrap-words.ts";
import { type Terminal, type TerminalStream, asTerminal } from "./terminal.ts";

export interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  /** Of the terminal. */
  readonly columns?: number;
}

/** Data goes to stdout, messages to stderr. */
export interface Output {
  readonly json: boolean;
  /** Colours for stdout, if it gets any. */
  readonly paint: Paint;
  /** Stdout's terminal; null without one, and with `--json`. */
  readonly terminal: Terminal | null;
  readonly isStderrTerminal: boolean;
  /** Prints a line of data. Silent with `--json`. */
  line(text?: string): void;
  /** Prints one object as a line of JSON. Silent without `--json`. */
  event(value: object): void;
  /** Prints a message on stderr. Silent with `--json`. */
  info(text: string): void;
  /** Shows on stderr what it waits for. Returns a function that stops. Silent with `--json`. */
  wait(text: string): () => void;
  error(error: AppError): void;
}

export interface OutputOptions {
  stdout: TerminalStream;
  stderr: Stream;
  /** For `NO_COLOR`, `FORCE_COLOR` and `TERM`, evaluated per stream. */
  env: Environment;
  json: boolean;
  /** Errors show their stacks. */
  debug: boolean;
}

/** Removes control characters from everything it prints. */
export function createOutput({ stdout, stderr, env, json, debug }: OutputOptions): Output {
  const paint = paintFor(stdout.isTTY === true, env);
  const stderrPaint = paintFor(stderr.isTTY === true, env);
  const width = (): number | undefined => (stderr.isTTY === true ? stderr.columns : undefined);
  const canSpin = !json && asTerminal(stderr, env) !== null;
  const info = (text: string): void =>
    void (json || stderr.write(`${stderrPaint.dim(wrapWords(safeText(text), width()))}\n`));
  return {
    json,
    paint,
    terminal: json ? null : asTerminal(stdout, env),
    isStderrTerminal: stderr.isTTY === true,
    line: (text = "") => void (json || stdout.write(`${safeText(text)}\n`)),
    event: (value) => void (json && stdout.write(`${safeJson(value)}\n`)),
    info,
    wait: (text) => (canSpin ? spin(stderr, stderrPaint.dim(safeText(text))) : (info(text), () => undefined)),
    error: (error) =>
      void stderr.write(formatError(error, { json, debug, paint: stderrPaint, columns: width() })),
  };
}
