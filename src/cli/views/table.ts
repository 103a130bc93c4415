import { alignColumns } from "../live/columns.ts";

/** One column of a table. */
export interface Column<Row> {
  title: string;
  text: (row: Row) => string;
  /** Colours a cell's text; it must not change its width. */
  tint?: (text: string, row: Row) => string;
}

/**
 * A table's lines, its titles first, columns as wide as their widest cell, not cut.
 * @param titled colours the titles
 */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  titled: (text: string) => string,
): string[] {
  const titles = columns.map(({ title }) => ({ text: title, tint: titled }));
  const cells = rows.map((row) =>
    columns.map(({ text, tint = String }) => ({
      text: text(row),
      tint: (plain: string) => tint(plain, row),
    })),
  );
  return alignColumns([titles, ...cells], Number.POSITIVE_INFINITY);
}
