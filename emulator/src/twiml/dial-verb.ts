import { type Attributes, type Warn, readAttributes } from "./attributes.ts";
import { readConference } from "./conference-noun.ts";
import { readRecordingCallback } from "./recording-callback.ts";
import { readApplication, readClient, readNumber, readSip } from "./target-nouns.ts";
import type { DialRecord, DialTarget, DialVerb, QueueNoun } from "./verbs.ts";
import { nouns, verbs } from "./vocabulary.ts";
import { type Element, elementsOf, textOf } from "./xml.ts";

/** www.twilio.com/docs/voice/twiml/client, "Simultaneous dialing". */
export const MOST_TARGETS = 10;

/** Twilio's nouns that the emulator does not dial. */
const UNSUPPORTED_NOUNS = new Set(["Sim", "WhatsApp"]);

function readQueue(element: Element, warn: Warn): QueueNoun {
  const read = readAttributes(element, nouns.Queue, warn);
  for (const name of nouns.Queue.inert)
    if (name in element.attributes)
      warn(`Attribute '${name}' of <Queue> has no effect: the emulator has no TaskRouter`);
  return { name: textOf(element), url: read.text("url"), method: read.method("method") };
}

/** `record` with all its values; `true` is the old name of `record-from-answer`. */
const RECORDS = {
  "do-not-record": null,
  false: null,
  true: { from: "answer", channels: 1 },
  "record-from-answer": { from: "answer", channels: 1 },
  "record-from-ringing": { from: "ringing", channels: 1 },
  "record-from-answer-dual": { from: "answer", channels: 2 },
  "record-from-ringing-dual": { from: "ringing", channels: 2 },
} as const;

function readRecordAttributes(read: Attributes, warn: Warn): DialRecord | null {
  const values = Object.keys(RECORDS) as (keyof typeof RECORDS)[];
  const how = RECORDS[read.oneOf("record", values, "do-not-record")];
  const track = read.oneOf("recordingTrack", ["both", "inbound", "outbound"], "both");
  const trim = read.oneOf("trim", ["trim-silence", "do-not-trim"], "do-not-trim") === "trim-silence";
  const callback = readRecordingCallback("Dial", read, warn);
  return how && { ...how, track, trim, callback };
}

/** An application is dialled alone (www.twilio.com/docs/voice/twiml/dial/application). */
function dialledTogether(nouns: Element[], warn: Warn): Element[] {
  if (nouns.length < 2 || nouns.every(({ name }) => name !== "Application")) return nouns;
  warn("<Dial> cannot ring an <Application> beside others: the emulator dials the first noun alone");
  return nouns.slice(0, 1);
}

function readTargets(dial: Element, warn: Warn, sequential: boolean): DialTarget[] {
  const nouns = dialledTogether(elementsOf(dial), warn);
  if (nouns.length === 0 && textOf(dial) !== "") return [readNumber({ ...dial, attributes: {} }, warn)];
  if (nouns.length > MOST_TARGETS && !sequential) warn(`<Dial> rings at most ${MOST_TARGETS} at once`);
  return nouns.flatMap((noun) => {
    if (noun.name === "Client") return [readClient(noun, warn)];
    if (noun.name === "Sip") return readSip(noun, warn);
    if (noun.name === "Number") return [readNumber(noun, warn)];
    if (noun.name === "Application") return readApplication(noun, warn);
    if (noun.name !== "Conference" && noun.name !== "Queue") warn(`<${noun.name}> is not allowed in <Dial>`);
    return [];
  });
}

/** `<Dial>` with its nouns (www.twilio.com/docs/voice/twiml/dial), or the name of a noun that cannot be dialled. */
export function readDial(element: Element, warn: Warn): DialVerb | { unsupported: string } {
  const nouns = elementsOf(element);
  const unsupported = nouns.find((noun) => UNSUPPORTED_NOUNS.has(noun.name));
  if (unsupported) return { unsupported: `Dial><${unsupported.name}` };
  const read = readAttributes(element, verbs.Dial, warn);
  const conference = nouns.find((noun) => noun.name === "Conference");
  const queue = conference ? undefined : nouns.find((noun) => noun.name === "Queue");
  const record = readRecordAttributes(read, warn);
  if (record && conference) warn("'record' of <Dial> has no effect with <Conference>, which has its own");
  return {
    verb: "Dial",
    action: read.text("action"),
    method: read.method("method"),
    timeout: read.whole("timeout", 30, [5, 600]),
    timeLimit: read.whole("timeLimit", 14_400, [1, 86_400]),
    hangupOnStar: read.flag("hangupOnStar", false),
    answerOnBridge: read.flag("answerOnBridge", false),
    sequential: read.flag("sequential", false),
    callerId: read.text("callerId"),
    record: conference ? null : record,
    conference: conference ? readConference(conference, warn) : null,
    queue: queue ? readQueue(queue, warn) : null,
    targets: conference || queue ? [] : readTargets(element, warn, read.flag("sequential", false)),
  };
}
