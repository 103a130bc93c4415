import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";

const entry = createRequire(import.meta.url).resolve("twilio");
const types = readFileSync(join(dirname(entry), "twiml", "VoiceResponse.d.ts"), "utf8");

/** Attributes of an element in the types of Twilio's builder; `<Hangup>`, for one, has none. */
export function attributesOf(name: string): string[] {
  const body = new RegExp(`interface ${name}Attributes[^{]*\\{([^}]*)\\}`).exec(types)?.[1] ?? "";
  return [...body.matchAll(/^\s*"?([a-zA-Z]+)"?\?:/gm)].map((match) => match[1] ?? "");
}

type Builder = Record<string, (attributes: object, text: string) => Builder>;

const methodsOf = (builder: Builder): string[] =>
  Object.getOwnPropertyNames(Object.getPrototypeOf(builder)).filter(
    (name) => !/^(constructor|comment|addText|ssml)/.test(name),
  );

const tagOf = (method: string): string => method.slice(0, 1).toUpperCase() + method.slice(1);

const response = (): Builder => new VoiceResponse();

/** Every verb of Twilio's builder, such as `Dial`. */
export const officialVerbs: string[] = methodsOf(response()).map(tagOf).toSorted();

/** The verbs whose elements inside are nouns of their own, and no text, prompt or parameter. */
const WITH_NOUNS = ["connect", "dial", "enqueue", "refer", "start", "stop"];

/** Every noun of Twilio's builder with its verb, such as `Dial`, `Client`. */
export const officialNouns: { verb: string; noun: string; attributes: string[] }[] = WITH_NOUNS.flatMap(
  (verb) =>
    methodsOf(response()[verb]?.({}, "x") as Builder)
      .toSorted()
      .map((noun) => ({
        verb: tagOf(verb),
        noun: tagOf(noun),
        attributes: attributesOf(verb === "refer" ? `Refer${tagOf(noun)}` : tagOf(noun)),
      })),
);
