import type { DescribedOperation, Description } from "../../../test/support/contract/description.ts";
import { coverage } from "../../src/coverage.ts";
import type { Operation } from "../../src/rest/operation.ts";
import { attributesOf, officialNouns, officialVerbs } from "./twilio-twiml.ts";

/** Resources of Twilio's API that have to do with calls; the rest is messages, addresses, usage and the like. */
const VOICE =
  /^\/\{(AccountSid|Sid)\}(\.json|\/(Applications|Calls|Conferences|IncomingPhoneNumbers|Keys|OutgoingCallerIds|Queues|Recordings|SIP|Transcriptions)\b.*)$/;
const ACCOUNTS = "/2010-04-01/Accounts";

interface Count {
  yes: number;
  inert: number;
  no: number;
}

/** One thing of Twilio's with the names that belong to it: parameters or attributes. */
interface Row {
  name: string;
  has: boolean;
  yes: readonly string[];
  inert: readonly string[];
  no: readonly string[];
}

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(" ") || "–";

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function voiceOperations({ paths }: Description): { path: string; method: string; name: string }[] {
  return Object.entries(paths)
    .filter(([path]) => path.startsWith(ACCOUNTS) && VOICE.test(path.slice(ACCOUNTS.length)))
    .flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, Partial<DescribedOperation>>).flatMap(
        ([method, { operationId }]) =>
          operationId === undefined ? [] : [{ path: path.slice(ACCOUNTS.length), method, name: operationId }],
      ),
    );
}

const ours = new Map<string, Operation>(coverage.operations.map((operation) => [operation.name, operation]));

/** `Parameter1.Name` to `Parameter99.Name` count as one. */
const unnumbered = (names: readonly string[] = []): string[] => [
  ...new Set(names.map((name) => name.replace(/\d+(?=\.)/, "N"))),
];

function restRows(description: Description): Row[] {
  return voiceOperations(description).map(({ path, method, name }) => {
    const operation = ours.get(name);
    return {
      name: `**${name}**<br>\`${method.toUpperCase()} …${path}\``,
      has: operation !== undefined,
      yes: unnumbered(operation?.parameters),
      inert: unnumbered(operation?.inert),
      no: unnumbered(operation?.unsupported),
    };
  });
}

interface Vocabulary {
  attributes: readonly string[];
  inert: readonly string[];
}

function twimlRow(name: string, official: readonly string[], covered: Vocabulary | undefined): Row {
  const { attributes: yes, inert } = covered ?? { attributes: [], inert: [] };
  const no =
    covered === undefined ? [] : official.filter((each) => !yes.includes(each) && !inert.includes(each));
  return { name: `\`${name}\``, has: covered !== undefined, yes, inert, no };
}

const verbRows = officialVerbs.map((verb) =>
  twimlRow(`<${verb}>`, attributesOf(verb), (coverage.verbs as Record<string, Vocabulary>)[verb]),
);

const nounRows = officialNouns.map(({ verb, noun, attributes }) =>
  twimlRow(
    `<${verb}><${noun}>`,
    attributes,
    (coverage.nouns as Record<string, Record<string, Vocabulary>>)[verb]?.[noun],
  ),
);

function countThings(rows: readonly Row[]): Count {
  const yes = rows.filter(({ has }) => has).length;
  return { yes, inert: 0, no: rows.length - yes };
}

function countNames(rows: readonly Row[]): Count {
  const sum = (key: "yes" | "inert" | "no"): number =>
    rows.reduce((total, row) => total + row[key].length, 0);
  return { yes: sum("yes"), inert: sum("inert"), no: sum("no") };
}

function summary(rest: readonly Row[]): string {
  const row = (what: string, { yes, inert, no }: Count): string[] =>
    [what, yes + inert + no, yes, inert, no].map(String);
  return table(
    ["", "of Twilio's", "yes", "accepted without effect", "no"],
    [
      row("REST operations for voice", countThings(rest)),
      row("parameters of those that it has", countNames(rest)),
      row("TwiML verbs", countThings(verbRows)),
      row("TwiML nouns", countThings(nounRows)),
      row("attributes of the verbs and nouns that it has", countNames([...verbRows, ...nounRows])),
    ],
  );
}

const detail = (what: string, rows: readonly Row[]): string =>
  table(
    [what, "yes", "accepted without effect", "no"],
    rows.filter(({ has }) => has).map(({ name, yes, inert, no }) => [name, code(yes), code(inert), code(no)]),
  );

const missing = (rows: readonly Row[]): string =>
  rows
    .filter(({ has }) => !has)
    .map(({ name }) => name.replace(/^\*\*(\w+)\*\*.*$/, "`$1`"))
    .join(", ");

function requestTable(): string {
  const rows = Object.entries(coverage.requests).map(([kind, when]) => [
    `\`${kind}\``,
    when,
    code(coverage.events[kind as keyof typeof coverage.events] ?? []),
  ]);
  return table(["request to the app", "sent when", "events"], rows);
}

/** SUPPORTED.md: what Twilio's description and builder have, beside what the emulator has. */
export function renderSupported(description: Description): string {
  const rest = restRows(description);
  const twiml = [...verbRows, ...nounRows];
  return `${[
    "# What does the emulator have of Twilio's voice API?",
    "This page is generated. It counts what Twilio's OpenAPI description and Twilio's TwiML builder for Node have.",
    summary(rest),
    "*Accepted without effect*: nobody could notice the difference on one machine, or the inspector warns of it. *No*: REST answers 501, and " +
      "TwiML gets a warning, or the call ends with an application error if it is a verb or a noun of `Dial`.",
    "## REST",
    detail("operation", rest),
    "The API is JSON only: an address without `.json` asks for XML and is answered with 501. A parameter that Twilio does not have is answered with 400 " +
      "and the header `Emulator-Unknown-Parameter`.",
    `Answered with 501: ${missing(rest)}.`,
    "## TwiML",
    detail("element", twiml),
    `Not there: ${missing(twiml)}.`,
    "Tags inside `<Say>` (SSML) count as their text.",
    "## Webhooks and status callbacks",
    requestTable(),
  ].join("\n\n")}\n`;
}
