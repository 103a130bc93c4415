import { coverage } from "../../../src/coverage.ts";
import type { Random } from "./random.ts";

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const ATTRIBUTES = [
  "true",
  "false",
  "1",
  "0",
  "5",
  "-1",
  "99999999",
  "1.5",
  "",
  "GET",
  "POST",
  "PUT",
  "dtmf",
  "#",
  "12#",
  "onEnter",
  "room",
  "agent-1",
  "/more",
  "http://127.0.0.1:1/nowhere",
  "ws://127.0.0.1:1/nowhere",
  "not an address",
  "ringing answered completed",
  "start end join leave",
  "ja-JP",
  "😀",
  "&",
];

export const APPLICATION = `AP${"a".repeat(32)}`;

const TEXTS = [
  "room",
  "agent1",
  "+15550100201",
  "+15550100202",
  "client:agent2",
  "support",
  APPLICATION,
  "/more",
  "",
  "日本",
  "1 2",
];
const UNKNOWN_VERBS = ["Pay", "Refer", "Sms", "dial", "Foo"];

type Vocabulary = Readonly<Record<string, { attributes: readonly string[]; inert: readonly string[] }>>;

function attributesOf(name: string, vocabulary: Vocabulary, random: Random): string {
  const own = vocabulary[name] ?? { attributes: [], inert: [] };
  const names = random.some([...own.attributes, ...own.inert], 0.25);
  if (random.chance(0.03)) names.push("nonsense");
  return names.map((each) => ` ${each}="${escape(random.pick(ATTRIBUTES))}"`).join("");
}

function element(name: string, attributes: string, content: string): string {
  return content === "" ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;
}

function contentOf(verb: string, random: Random): string {
  const known = (coverage.nouns as Readonly<Record<string, Vocabulary>>)[verb];
  if (known && random.chance(0.85)) {
    const nouns = Array.from({ length: 1 + random.int(1) }, () => random.pick(Object.keys(known)));
    return nouns
      .map((noun) => element(noun, attributesOf(noun, known, random), escape(random.pick(TEXTS))))
      .join("");
  }
  if (verb === "Gather")
    return random.chance(0.7) ? verbOf(random.pick(["Say", "Play", "Pause"]), random) : "";
  if (["Pause", "Hangup", "Reject", "Leave", "Record"].includes(verb)) return "";
  return escape(random.pick(TEXTS));
}

function verbOf(verb: string, random: Random): string {
  return element(verb, attributesOf(verb, coverage.verbs, random), contentOf(verb, random));
}

/** A document of TwiML, one in ten of them broken. */
export function someTwiml(random: Random): string {
  // Twice as likely: who waits in a queue makes the operations of queues reachable.
  const known = [...Object.keys(coverage.verbs), "Enqueue"];
  const verbs = Array.from({ length: random.int(3) }, () => {
    const verb = random.chance(0.95) ? random.pick(known) : random.pick(UNKNOWN_VERBS);
    return verbOf(verb, random);
  });
  const document = `<Response>${verbs.join("")}</Response>`;
  if (random.chance(0.9)) return document;
  const at = random.int(document.length);
  return random.pick([
    document.slice(0, at),
    document.slice(0, at) + random.pick(["<", "&", "\u0000", "&nbsp;", "]]>", "<!--"]) + document.slice(at),
    `<!DOCTYPE Response [<!ENTITY a "b">]>${document}`,
    verbs.join(""),
    "",
    "hello",
  ]);
}
