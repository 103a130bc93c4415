/** What the reader did to an element, which a newer page does not know. */
const READERS: ReadonlySet<string> = new Set(["open"]);

function morphAttributes(now: Element, next: Element): void {
  for (const { name, value } of next.attributes)
    if (now.getAttribute(name) !== value && !READERS.has(name)) now.setAttribute(name, value);
  // The lists of the document are live: these are not.
  for (const name of now.getAttributeNames())
    if (!next.hasAttribute(name) && !READERS.has(name)) now.removeAttribute(name);
}

const idOf = (node: Node): string => (node instanceof Element ? node.id : "");

/** Whether a node can become another one: elements of one kind and one id, or texts. */
const fits = (now: Node, next: Node): boolean => now.nodeName === next.nodeName && idOf(now) === idOf(next);

function morphNode(now: Node, next: Node): void {
  if (now instanceof Element && next instanceof Element) {
    morphAttributes(now, next);
    morph(now, next);
  } else if (now.nodeValue !== next.nodeValue) now.nodeValue = next.nodeValue;
}

/**
 * Makes the children of an element like those of another, and keeps each element that both have: focus, selection, scroll position
 * and what is open stay as they are. Elements with an id are found again wherever they move.
 */
export function morph(now: Element, next: Element): void {
  const named = new Map([...now.children].filter(({ id }) => id !== "").map((child) => [child.id, child]));
  let place = now.firstChild;
  for (const wanted of Array.from(next.childNodes)) {
    const moved = named.get(idOf(wanted));
    if (moved && moved !== place) now.insertBefore(moved, place);
    const here = moved ?? place;
    if (here && fits(here, wanted)) {
      morphNode(here, wanted);
      place = here.nextSibling;
    } else now.insertBefore(wanted, place);
  }
  while (place) {
    const { nextSibling } = place;
    place.remove();
    place = nextSibling;
  }
}
