import { alignColumns } from "../live/columns.ts";

export interface Column<Row> {
  title: string;
  text: (row: Row) => string;
  /** Colours a cell without changing its width. */
  tint?: (text: string, row: Row) => string;
}

/**
 * Lines of a table, titles first. Each column is as wide as its widest cell; nothing is cut.
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
