import type { Paint } from "../colour.ts";
import type { StartedEvent } from "./ready-event.ts";

/** Which number customers ring, and what each agent opens. */
export function startBanner({ number, agents }: StartedEvent, paint: Paint): string[] {
  return [
    "",
    `${paint.bold(paint.green("Customers can call:"))} ${paint.bold(number)}`,
    "",
    "Agents sign in with a link of their own, which is valid for 12 hours and for nobody else's eyes:",
    "",
    ...agents.flatMap(({ name, signIn }) => [`  ${paint.bold(name)}`, `    ${paint.cyan(signIn)}`]),
    "",
    paint.dim("Ctrl-C ends it: the number gets back what it had."),
    "",
    paint.bold("The calls, as they go:"),
  ];
}
