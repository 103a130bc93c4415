/** Returns a function that runs `update` for each item once, after the current turn of the event loop. */
export function coalesce<Item>(update: (item: Item) => void): (item: Item) => void {
  const pending = new Set<Item>();
  const flush = (): void => {
    const items = [...pending];
    pending.clear();
    items.forEach(update);
  };
  return (item) => {
    if (pending.size === 0) setImmediate(flush);
    pending.add(item);
  };
}
