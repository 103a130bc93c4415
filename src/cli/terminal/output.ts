import type { AppError } from "../../errors.ts";
import { type Environment, type Paint, paintFor } from "./colour.ts";
import { safeJson } from "../../mask.ts";
import { formatError } from "./format-error.ts";
import { safeText } from "./safe-text.ts";
import { spin } from "./spinner.ts";
import { wrapWords } from "./wrap-words.ts";
import { type Terminal, type TerminalStream, asTerminal } from "./terminal.ts";

/** As much of a writable stream as the command line needs. */
export interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  /** Of the terminal. */
  readonly columns?: number;
}

/** Where a command writes: data on stdout, talk on stderr. */
export interface Output {
  readonly json: boolean;
  /** Colours for stdout; they do nothing when stdout gets none. */
  readonly paint: Paint;
  /** The terminal behind stdout where lines may be drawn again; null elsewhere, and with `--json`. */
  readonly terminal: Terminal | null;
  /** Talk is read by somebody at a terminal. */
  readonly isStderrTerminal: boolean;
  /** A line of data for people. Silent with `--json`. */
  line(text?: string): void;
  /** One object of data for programs, as one line. Silent without `--json`. */
  event(value: object): void;
  /** Talk that is no data, on stderr. Silent with `--json`. */
  info(text: string): void;
  /** Says on stderr what is waited for, until the function is called that it returns. Silent with `--json`. */
  wait(text: string): () => void;
  /** What went wrong, on stderr. */
  error(error: AppError): void;
}

export interface OutputOptions {
  stdout: TerminalStream;
  stderr: Stream;
  /** For `NO_COLOR`, `FORCE_COLOR` and `TERM`, which are judged for each stream by itself. */
  env: Environment;
  json: boolean;
  /** Errors show where they come from. */
  debug: boolean;
}

/** Writes to two streams, each with colours of its own. No text makes a terminal do anything but show it. */
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
