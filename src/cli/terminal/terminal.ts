import type { Environment } from "./colour.ts";

/** A terminal on which lines may be drawn again. */
export interface Terminal {
  write(text: string): void;
  size(): { columns: number; rows: number };
  /** Returns the way to stop. */
  onResize(listener: () => void): () => void;
}

/** A stream as node gives it when it is a terminal. */
export interface TerminalStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  on?(event: "resize", listener: () => void): unknown;
  off?(event: "resize", listener: () => void): unknown;
}

const USUAL = { columns: 80, rows: 24 };

/** A stream as a terminal that can redraw; null when it is none, or when only plain lines are wanted. */
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
