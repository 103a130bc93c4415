import type { CommandNode, Values } from "./command-tree.ts";

/** A place where something may be typed: after an option (`agents list --server`) or by number (`agents link 0`). */
export interface Place {
  name: string;
  values: Values;
}

/** Every place of which anything is known. */
export function placesOf(nodes: readonly CommandNode[]): Place[] {
  const all = nodes.flatMap(({ path, valued, places }) => [
    ...valued.map(({ option, values }) => ({ name: `${path} ${option}`.trim(), values })),
    ...places.map((values, index) => ({ name: `${path} ${index}`.trim(), values })),
  ]);
  return all.filter(({ values }) => values.kind !== "anything");
}
