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
