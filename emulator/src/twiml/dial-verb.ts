import { type Attributes, type Warn, readAttributes } from "./attributes.ts";
import { readConference } from "./conference-noun.ts";
import { readParameters } from "./parameters.ts";
import { readRecordingCallback } from "./recording-callback.ts";
import type { DialDetection, DialRecord, DialTarget, DialVerb, QueueNoun } from "./verbs.ts";
import { nouns, verbs } from "./vocabulary.ts";
import { type Element, elementsOf, textOf } from "./xml.ts";

/** www.twilio.com/docs/voice/twiml/client, "Simultaneous dialing". */
export const MOST_TARGETS = 10;

/** Twilio's nouns that the emulator does not dial. */
const UNSUPPORTED_NOUNS = new Set(["Sim", "Application", "WhatsApp"]);

/** www.twilio.com/docs/voice/answering-machine-detection */
function readDetection(read: Attributes): DialDetection | null {
  const mode = read.oneOf("machineDetection", ["Enable", "DetectMessageEnd", "none"], "none");
  if (mode === "none") return null;
  return {
    mode,
    callback: read.text("amdStatusCallback"),
    callbackMethod: read.method("amdStatusCallbackMethod"),
    timeoutMs: read.whole("machineDetectionTimeout", 30, [3, 59]) * 1_000,
    speechMs: read.whole("machineDetectionSpeechThreshold", 2_400, [1_000, 6_000]),
    speechEndMs: read.whole("machineDetectionSpeechEndThreshold", 1_200, [500, 5_000]),
  };
}

function target(to: string, read: Attributes, parameters: Record<string, string> = {}): DialTarget {
  const events = read.words("statusCallbackEvent");
  return {
    to,
    parameters,
    url: read.text("url"),
    method: read.method("method"),
    statusCallback: read.text("statusCallback"),
    statusCallbackMethod: read.method("statusCallbackMethod"),
    statusCallbackEvents: events.length > 0 ? events : ["completed"],
    detection: readDetection(read),
  };
}

function readClient(element: Element, warn: Warn): DialTarget {
  const children = elementsOf(element);
  const identity = children.find((child) => child.name === "Identity") ?? element;
  const text = identity.children.filter((child) => typeof child === "string").join("");
  const read = readAttributes(element, nouns.Client, warn);
  return target(`client:${text.trim()}`, read, readParameters(element, warn));
}

function readNumber(element: Element, warn: Warn): DialTarget {
  return target(textOf(element).replace(/[\s().-]/g, ""), readAttributes(element, nouns.Number, warn));
}

/** A SIP address without what comes after it: `;transport=tcp`, `?X-Header=value`. */
const SIP = /^sips?:[^\s@;?]+@[^\s@;?]+/i;

/** Headers that Twilio passes on (www.twilio.com/docs/api/errors/13252). */
const HEADER = /^(x-[\w-]+|user-to-user|remote-party-id|p-preferred-identity|p-called-party-id)$/i;

function readSip(element: Element, warn: Warn): DialTarget[] {
  const read = readAttributes(element, nouns.Sip, warn);
  const to = textOf(element);
  if (!SIP.test(to)) {
    warn(`<Sip> has no SIP address: '${to}' (13243)`);
    return [];
  }
  const headers = [...new URLSearchParams(/\?(.*)$/s.exec(to)?.[1] ?? "")];
  for (const [name] of headers)
    if (!HEADER.test(name)) warn(`<Sip> cannot pass the header '${name}' (13252)`);
  return [target(to, read, Object.fromEntries(headers.filter(([name]) => HEADER.test(name))))];
}

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

function readTargets(dial: Element, warn: Warn, sequential: boolean): DialTarget[] {
  const nouns = elementsOf(dial);
  if (nouns.length === 0 && textOf(dial) !== "") return [readNumber({ ...dial, attributes: {} }, warn)];
  if (nouns.length > MOST_TARGETS && !sequential) warn(`<Dial> rings at most ${MOST_TARGETS} at once`);
  return nouns.flatMap((noun) => {
    if (noun.name === "Client") return [readClient(noun, warn)];
    if (noun.name === "Sip") return readSip(noun, warn);
    if (noun.name === "Number") return [readNumber(noun, warn)];
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
