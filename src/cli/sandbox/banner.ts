import type { Paint } from "../colour.ts";
import type { ReadyEvent } from "./ready-event.ts";

type Agents = ReadyEvent["agents"];

function addresses({ agents, phone }: ReadyEvent, paint: Paint): string[] {
  const pages = [["Customer's phone", phone], ...agents.map(({ name, signIn }) => [name, signIn])];
  return pages.flatMap(([name = "", address = ""]) => [
    `  ${paint.bold(name)}`,
    `    ${paint.cyan(address)}`,
  ]);
}

function steps(agents: Agents): string[] {
  const [first, second] = agents.map(({ name }) => name);
  const call = [
    "When the agents' pages say Ready, press Call on the phone: you hear the greeting and music.",
    `On ${first}'s page press Answer: you talk.`,
  ];
  if (second === undefined) return call;
  return [
    ...call,
    `There press Transfer to ${second}, and on ${second}'s page Answer: all three talk.`,
    `On ${first}'s page press Hang up: the customer and ${second} talk on.`,
  ];
}

/** A token of this sandbox alone, which dies with it. */
function operatorWords({ operatorToken, server }: ReadyEvent): string {
  return `OPERATOR_TOKEN=${operatorToken} warm-transfer conferences list --server ${server.url}`;
}

/** What a newcomer reads first: what to open, what to do in which order, and how to end. */
export function banner(ready: ReadyEvent, paint: Paint): string[] {
  return [
    "",
    `${paint.bold(paint.green("The sandbox is ready."))} Everything is on this machine: no Twilio account, no internet.`,
    "",
    "Open these in one browser, a tab for each, and allow the microphone (headphones help):",
    "",
    ...addresses(ready, paint),
    "",
    "Then:",
    ...steps(ready.agents).map((step, index) => `  ${index + 1}. ${step}`),
    "",
    paint.dim(`What Twilio sends to the server and gets back: ${ready.emulator.url}/inspector`),
    paint.dim("To steer the calls from another terminal:"),
    paint.dim(`  ${operatorWords(ready)}`),
    paint.dim("Ctrl-C ends everything. Nobody at hand to click? Add --play warm-transfer."),
    "",
    paint.bold("The calls, as they go:"),
  ];
}
