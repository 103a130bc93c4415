import type { Paint } from "../colour.ts";
import type { SignInLink, StartedEvent } from "./ready-event.ts";

/** What each agent opens. */
export function linkLines(agents: readonly SignInLink[], paint: Paint): string[] {
  return agents.flatMap(({ name, signIn }) => [`  ${paint.bold(name)}`, `    ${paint.cyan(signIn)}`]);
}

/** Which number customers ring, and what each agent opens. */
export function startBanner({ number, agents }: StartedEvent, paint: Paint): string[] {
  return [
    "",
    `${paint.bold(paint.green("Customers can call:"))} ${paint.bold(number)}`,
    "",
    "Each agent opens a link of their own; it is good for 12 hours, and secret:",
    "",
    ...linkLines(agents, paint),
    "",
    paint.dim(
      "Ctrl-C ends it: the number gets back what it had. Another terminal, in this folder, steers the calls:",
    ),
    paint.dim(
      "warm-transfer conferences list, warm-transfer transfer start, and others: warm-transfer --help",
    ),
    "",
    paint.bold("The calls, as they go:"),
  ];
}
