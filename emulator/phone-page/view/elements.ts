/** The element with an id; the page's own HTML has it. */
export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.querySelector<T>(`#${id}`);
  if (!found) throw new Error(`phone.html has no #${id}`);
  return found;
}
