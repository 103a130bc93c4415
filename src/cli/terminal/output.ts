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
  /** The terminal's width. */
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
  /** Shows on stderr what it waits for, after `afterMs` milliseconds. Returns a function that stops. Silent with `--json`. */
  wait(text: string, afterMs?: number): () => void;
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
  /** Runs `fn` once after `ms` milliseconds. Returns a function that cancels it. Default: real time. */
  after?: (ms: number, fn: () => void) => () => void;
}

function inRealTime(ms: number, fn: () => void): () => void {
  const timer = setTimeout(fn, ms);
  return () => clearTimeout(timer);
}

/** Removes control characters from everything it prints. */
export function createOutput(options: OutputOptions): Output {
  const { stdout, stderr, env, json, debug, after = inRealTime } = options;
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
    wait(text, afterMs = 0) {
      let stop = (): void => undefined;
      const show = (): void => {
        if (canSpin) stop = spin(stderr, stderrPaint.dim(safeText(text)));
        else info(text);
      };
      const cancel = afterMs > 0 ? after(afterMs, show) : show();
      return () => {
        cancel?.();
        stop();
      };
    },
    error: (error) =>
      void stderr.write(formatError(error, { json, debug, paint: stderrPaint, columns: width() })),
  };
}
