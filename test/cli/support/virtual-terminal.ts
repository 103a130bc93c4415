import type { Terminal } from "../../../src/cli/terminal/terminal.ts";

// oxlint-disable-next-line no-control-regex -- that is what is read here
const PIECE = /\u001b\[\?\d+[hl]|\u001b\[(\d*)([A-Za-z])|\n|\r|[^\n\r\u001b]+/g;

/** A terminal that understands as much as our screen writes, and tells what a person would see. */
export function virtualTerminal(columns = 80, rows = 24) {
  const lines: string[] = [""];
  let [row, column] = [0, 0];
  let listener: (() => void) | undefined;
  const newLine = (): void => {
    row += 1;
    column = 0;
    lines[row] ??= "";
  };
  const put = (text: string): void => {
    for (const character of text) {
      if (column === columns) newLine();
      const line = (lines[row] ?? "").padEnd(column);
      lines[row] = line.slice(0, column) + character + line.slice(column + 1);
      column += 1;
    }
  };
  const applyCommand = (count: string, letter: string): void => {
    const top = Math.max(0, lines.length - rows);
    if (letter === "A") row = Math.max(top, row - Number(count || 1));
    if (letter === "K" || letter === "J") lines[row] = (lines[row] ?? "").slice(0, column);
    if (letter === "J") lines.length = row + 1;
  };
  const take = ([piece, count = "", letter]: RegExpMatchArray): void => {
    if (piece === "\n") newLine();
    else if (piece === "\r") column = 0;
    else if (letter !== undefined) applyCommand(count, letter);
    else if (!piece.startsWith("\u001b")) put(piece);
  };
  const terminal: Terminal = {
    write: (text) => [...text.matchAll(PIECE)].forEach(take),
    size: () => ({ columns, rows }),
    onResize(heard) {
      listener = heard;
      return () => void (listener = undefined);
    },
  };
  return {
    terminal,
    /** Everything that can be seen, scrolled back included. */
    text: (): string[] => lines.map((line) => line.trimEnd()),
    /** Breaks or joins lines as terminals do, then tells the program. */
    resize(newColumns: number, newRows = rows): void {
      const broken = lines.flatMap((line) => line.match(new RegExp(`.{1,${newColumns}}`, "g")) ?? [""]);
      lines.splice(0, lines.length, ...broken);
      [columns, rows, row] = [newColumns, newRows, lines.length - 1];
      column = Math.min(column, newColumns);
      listener?.();
    },
  };
}
