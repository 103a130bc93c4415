import { events, requests } from "./covered/callbacks.ts";
import { operations } from "./rest/operations.ts";
import { type Vocabulary, nouns, verbs } from "./twiml/vocabulary.ts";

/** Everything of Twilio's that the emulator has, by name. */
export const coverage = { operations, verbs, nouns, requests, events };

const START = "<!-- coverage: generated from src/coverage.ts -->";
const END = "<!-- /coverage -->";

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(" ") || "–";

function restTable(): string {
  const rows = operations.map(({ name, method, path, parameters, inert, unsupported }) => [
    `**${name}**<br>\`${method} …${path}\``,
    code(parameters),
    code(inert),
    code(unsupported),
  ]);
  return table(["operation", "parameters", "accepted, without effect", "refused with 501"], rows);
}

function twimlTable(): string {
  const row = (tag: string, { attributes, inert }: Vocabulary) => [tag, code(attributes), code(inert)];
  const rows = [
    ...Object.entries(verbs).map(([name, each]) => row(`\`<${name}>\``, each)),
    ...Object.entries(nouns).map(([name, each]) => row(`\`<Dial><${name}>\``, each)),
  ];
  return table(["TwiML", "attributes", "accepted, without effect"], rows);
}

function requestTable(): string {
  const rows = Object.entries(requests).map(([kind, when]) => [
    `\`${kind}\``,
    when,
    code(events[kind as keyof typeof events] ?? []),
  ]);
  return table(["request to the app", "sent when", "events"], rows);
}

/** The coverage in Markdown. */
function renderCoverage(): string {
  return [
    "### REST",
    restTable(),
    "Any other operation of Twilio's API is answered with 501, and a parameter that Twilio does not have with 400 and the header `Emulator-Unknown-Parameter`.",
    "### TwiML",
    twimlTable(),
    "### Webhooks and status callbacks",
    requestTable(),
  ].join("\n\n");
}

/**
 * A document with the coverage put between its two markers.
 * @throws Error when the markers are missing
 */
export function withCoverage(document: string): string {
  const [before, rest] = document.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`The document lacks ${START} … ${END}`);
  const [ignore, use] = ["<!-- prettier-ignore-start -->", "<!-- prettier-ignore-end -->"];
  return `${before}${START}\n${ignore}\n\n${renderCoverage()}\n\n${use}\n${END}${after}`;
}
