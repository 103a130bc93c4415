/** Collects things that have changed, and looks at each once when the turn of the event loop is over. */
export function createTogether<Thing>(look: (thing: Thing) => void): { add(thing: Thing): void } {
  const changed = new Set<Thing>();
  const lookAtAll = (): void => {
    const things = [...changed];
    changed.clear();
    things.forEach(look);
  };
  return {
    add(thing) {
      if (changed.size === 0) setImmediate(lookAtAll);
      changed.add(thing);
    },
  };
}
