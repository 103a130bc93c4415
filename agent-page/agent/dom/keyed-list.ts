/**
 * Returns a function that makes the children of `parent` show `items`: a child stays the same element
 * as long as its item's key stays, so that focus and announcements survive.
 */
export function keyedList<Item extends { readonly key: string }, Child extends HTMLElement>(
  parent: HTMLElement,
  create: (item: Item) => Child,
  patch: (child: Child, item: Item) => void,
): (items: readonly Item[]) => void {
  const children = new Map<string, Child>();
  return (items) => {
    const keys = new Set(items.map((item) => item.key));
    for (const [key, child] of children)
      if (!keys.has(key)) {
        child.remove();
        children.delete(key);
      }
    items.forEach((item, index) => {
      const child = children.get(item.key) ?? create(item);
      children.set(item.key, child);
      patch(child, item);
      if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
    });
  };
}
