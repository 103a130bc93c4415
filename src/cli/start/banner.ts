import type { Paint } from "../terminal/colour.ts";
import type { SignInLink, StartedEvent } from "./ready-event.ts";

export function linkLines(agents: readonly SignInLink[], paint: Paint): string[] {
  return agents.flatMap(({ name, signIn }) => [`  ${paint.bold(name)}`, `    ${paint.cyan(signIn)}`]);
}

export function startBanner({ number, agents }: StartedEvent, paint: Paint): string[] {
  return [
    "",
    `${paint.bold(paint.green("Customers can call:"))} ${paint.bold(number)}`,
    "",
    "Each agent opens their own link. It is secret and valid for 12 hours:",
    "",
    ...linkLines(agents, paint),
    "",
    paint.dim(
      "Ctrl-C stops the server and restores the number. Control calls from another terminal in this folder:",
    ),
    paint.dim("warm-transfer conferences list, warm-transfer transfer start; see warm-transfer --help"),
    "",
    paint.bold("Live calls:"),
  ];
}
