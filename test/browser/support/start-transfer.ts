import type { Page } from "playwright-core";

export type Way = "Consult first" | "Bring in" | "Hand over now";

/** Chooses a colleague, the way and a note on an agent's page, and starts the transfer. */
export async function startTransfer(page: Page, to: string | RegExp, way: Way = "Bring in", note = "") {
  await page.getByRole("button", { name: "Transfer", exact: true }).click();
  await page.getByRole("radio", { name: to }).check();
  if (note !== "") await page.getByRole("textbox", { name: "Note" }).fill(note);
  await page.getByRole("button", { name: way, exact: true }).click();
}
