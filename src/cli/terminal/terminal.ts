import type { Environment } from "./colour.ts";

/** A terminal that can redraw lines. */
export interface Terminal {
  write(text: string): void;
  size(): { columns: number; rows: number };
  /** Returns a function that stops. */
  onResize(listener: () => void): () => void;
}

export interface TerminalStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  on?(event: "resize", listener: () => void): unknown;
  off?(event: "resize", listener: () => void): unknown;
}

const USUAL = { columns: 80, rows: 24 };

/** Null if the stream is no terminal, or `TERM=dumb` or `NO_COLOR` asks for plain lines. */
export function asTerminal(stream: TerminalStream, env: Environment): Terminal | null {
  if (stream.isTTY !== true || env.TERM === "dumb" || env.NO_COLOR) return null;
  return {
    write: (text) => void stream.write(text),
    size: () => ({ columns: stream.columns ?? USUAL.columns, rows: stream.rows ?? USUAL.rows }),
    onResize(listener) {
      stream.on?.("resize", listener);
      return () => void stream.off?.("resize", listener);
    },
  };
}
