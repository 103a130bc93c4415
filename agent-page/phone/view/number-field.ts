/** What is dialled: digits and a plus, without what people write between them. */
export function dialled(text: string): string {
  return text.replace(/[\s().-]/g, "");
}

/** A number from the page's address, where a plus that was not encoded has become a space. */
export function numberFrom(query: URLSearchParams, key: string): string | null {
  return query.get(key)?.replace(/^ /, "+") ?? null;
}

/** The emulator's numbers as suggestions; the first fills the field unless something was typed or asked for. */
export function suggestNumbers(
  input: HTMLInputElement,
  list: HTMLElement,
  numbers: readonly string[],
  wanted: string | null,
): void {
  if (input.value === "") input.value = wanted ?? numbers[0] ?? "";
  list.replaceChildren(
    ...numbers.map((number) => {
      const option = document.createElement("option");
      option.value = number;
      return option;
    }),
  );
}
