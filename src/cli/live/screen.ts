import type { Terminal } from "../terminal/terminal.ts";
import { displayWidth } from "./width.ts";

/** Redraws lines at the bottom of a terminal, while others are printed above them. */
export interface Screen {
  /** Replaces the drawn lines. */
  draw(lines: readonly string[]): void;
  /** Prints above the drawn lines. */
  above(print: () => void): void;
  /** Erases the drawn lines. */
  close(): void;
}

// Synchronized output: no half-drawn frames. Other terminals ignore it.
const [BEGIN, END] = ["\u001b[?2026h", "\u001b[?2026l"];
const CLEAR_LINE_REST = "\u001b[K";
const CLEAR_BELOW = "\u001b[J";

/** Rows that the lines occupy: a narrowed terminal has wrapped the long ones. */
function rowsOf(lines: readonly string[], columns: number): number {
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(displayWidth(line) / columns)), 0);
}

export function createScreen(terminal: Terminal): Screen {
  let drawn: readonly string[] = [];
  const back = (): string => {
    const { columns, rows } = terminal.size();
    const up = Math.min(rowsOf(drawn, columns), rows - 1);
    return up > 0 ? `\u001b[${up}A\r` : "\r";
  };
  const text = (): string => drawn.map((line) => `${line}${CLEAR_LINE_REST}\n`).join("");
  return {
    draw(lines) {
      const start = back();
      drawn = lines;
      terminal.write(`${BEGIN}${start}${text()}${CLEAR_BELOW}${END}`);
    },
    above(print) {
      terminal.write(`${BEGIN}${back()}${CLEAR_BELOW}`);
      print();
      terminal.write(`${text()}${END}`);
    },
    close() {
      terminal.write(`${back()}${CLEAR_BELOW}`);
      drawn = [];
    },
  };
}
