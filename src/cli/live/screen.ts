import type { Terminal } from "../terminal/terminal.ts";
import { displayWidth } from "./width.ts";

/** Lines at the lower end of a terminal that are drawn again and again, while others are printed above them. */
export interface Screen {
  /** Draws these in place of the last ones. */
  draw(lines: readonly string[]): void;
  /** Prints something above, which stays. */
  above(print: () => void): void;
  /** Takes the drawn lines away. */
  close(): void;
}

// Between these two a terminal shows nothing half done; one that does not know them leaves them out.
const [BEGIN, END] = ["\u001b[?2026h", "\u001b[?2026l"];
const CLEAR_LINE_REST = "\u001b[K";
const CLEAR_BELOW = "\u001b[J";

/** How many rows lines take: a terminal that has become narrower has broken the long ones. */
function rowsOf(lines: readonly string[], columns: number): number {
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(displayWidth(line) / columns)), 0);
}

/** Begins below what the terminal shows, with nothing drawn. */
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
