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
    "Each agent signs in with a link of their own. It is valid for 12 hours; whoever has it is that agent:",
    "",
    ...linkLines(agents, paint),
    "",
    paint.dim("Ctrl-C ends it: the number gets back what it had."),
    "",
    paint.bold("The calls, as they go:"),
  ];
}
