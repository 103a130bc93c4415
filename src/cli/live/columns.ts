import { clean } from "../../mask.ts";
import { cutTo, displayWidth, padTo } from "./width.ts";

/** Text, and the colour to apply after its width is known. */
export interface Cell {
  text: string;
  tint?: (text: string) => string;
}

const GAP = "  ";

function paintRow(cells: readonly Cell[], widths: readonly number[], columns: number): string {
  let [row, left] = ["", columns];
  cells.forEach(({ text, tint = String }, index) => {
    const isLast = index === cells.length - 1;
    const own = isLast ? text : padTo(text, widths[index] ?? 0) + GAP;
    const fitting = cutTo(own, left);
    left -= displayWidth(fitting);
    row += fitting.trim() === "" ? fitting : tint(fitting);
  });
  return row.trimEnd();
}

/** Aligns rows: each column is as wide as its widest cell; lines are cut at `columns`. */
export function alignColumns(rows: readonly (readonly Cell[])[], columns: number): string[] {
  const safe = rows.map((cells) => cells.map((cell) => ({ ...cell, text: clean(cell.text) })));
  const widths = (safe[0] ?? []).map((_cell, index) =>
    Math.max(...safe.map((cells) => displayWidth(cells[index]?.text ?? ""))),
  );
  return safe.map((cells) => paintRow(cells, widths, columns));
}

/** Flows cells into lines of at most `columns`. */
export function wrapCells(cells: readonly Cell[], columns: number): string[] {
  const lines: string[] = [];
  let left = 0;
  for (const { text, tint = String } of cells) {
    const own = cutTo(clean(text), columns);
    const width = displayWidth(own);
    if (lines.length > 0 && width + GAP.length <= left) {
      lines.push(`${lines.pop()}${GAP}${tint(own)}`);
      left -= width + GAP.length;
    } else {
      lines.push(tint(own));
      left = columns - width;
    }
  }
  return lines;
}
