import type { Environment, Paint } from "../terminal/colour.ts";
import { wrapWords } from "../terminal/wrap-words.ts";
import type { ReadyEvent } from "./ready-event.ts";

type Agents = ReadyEvent["agents"];

export interface BannerStyle {
  paint: Paint;
  /** The command that runs this program; see `programName`. */
  program: string;
  /** The terminal's width; undefined: do not wrap. */
  columns?: number | undefined;
}

/** Under `npm start` and `npx` the program is not on the PATH. */
export function programName({ npm_command: npm }: Environment): string {
  return npm === undefined ? "warm-transfer" : "npx warm-transfer";
}

/** A sign-in link starts at the edge, so that it takes two rows and not three. */
function addresses({ agents, phone }: ReadyEvent, paint: Paint): string[] {
  const pages = [["Customer's phone", phone], ...agents.map(({ name, signIn }) => [name, signIn])];
  return pages.flatMap(([name = "", address = ""]) => [`  ${paint.bold(name)}`, paint.cyan(address)]);
}

function steps(agents: Agents): string[] {
  const [first, second] = agents.map(({ name }) => name);
  const call = [
    "When the pages say Ready, press Call on the phone: greeting, music.",
    `On ${first}'s page, press Answer: you talk.`,
  ];
  if (second === undefined) return call;
  return [
    ...call,
    `Press Transfer, then Bring in. On ${second}'s page, press Answer: all talk.`,
    `On ${first}'s page, press Leave: the customer and ${second} keep talking.`,
  ];
}

/** Says what to open, what to do and how to stop. Fits into 80 × 24 together with the table. */
export function banner(ready: ReadyEvent, { paint, program, columns }: BannerStyle): string[] {
  const dim = (text: string): string => paint.dim(text);
  const lines = [
    `${paint.bold(paint.green("The sandbox is ready."))} No Twilio account, everything on this machine.`,
    "Open these pages in one browser, a tab each, and allow the microphone:",
    ...addresses(ready, paint),
    "Then:",
    ...steps(ready.agents).map((step, index) => `  ${index + 1}. ${step}`),
    dim(`Webhooks: ${ready.emulator.url}/inspector`),
    dim(`From another terminal, in this folder: ${program} conferences list`),
    dim(`Ctrl-C ends everything. Without a browser: add --play warm-transfer`),
    paint.bold("Live calls:"),
  ];
  const room = columns === undefined ? undefined : columns - 1;
  return lines.map((line) => (line.includes("/sign-in?") ? line : wrapWords(line, room)));
}
