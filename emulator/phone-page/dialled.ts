/** What is dialled: digits and a plus, without what people write between them. */
export function dialled(text: string): string {
  return text.replace(/[\s().-]/g, "");
}

/** A number from the page's address, where a plus that was not encoded has become a space. */
export function numberFrom(query: URLSearchParams, key: string): string | null {
  return query.get(key)?.replace(/^ /, "+") ?? null;
}
