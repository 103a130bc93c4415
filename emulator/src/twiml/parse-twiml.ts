import { type Warn, readAttributes } from "./attributes.ts";
import { readConnect } from "./connect-verb.ts";
import { readDial } from "./dial-verb.ts";
import { readEnqueue } from "./enqueue-verb.ts";
import { readParameters } from "./parameters.ts";
import { readRecord } from "./record-verb.ts";
import { readStart, readStop } from "./start-verb.ts";
import type { Verb } from "./verbs.ts";
import { verbs } from "./vocabulary.ts";
import { type Element, elementsOf, parseXml, textOf } from "./xml.ts";

/** Verbs of Twilio that the emulator does not run. */
const UNSUPPORTED = new Set([
  "Echo",
  "Pay",
  "Prompt",
  "Refer",
  "Siprec",
  "Sms",
  "Message",
  "Stream",
  "Transcription",
]);

type Reader = (element: Element, warn: Warn) => Verb;

const readers: Record<string, Reader> = {
  Say(element, warn) {
    const read = readAttributes(element, verbs.Say, warn);
    const text = textOf(element);
    if (text.length > 4_096) warn("<Say> takes at most 4096 characters");
    return {
      verb: "Say",
      text: text.slice(0, 4_096),
      voice: read.text("voice") ?? "man",
      language: read.text("language") ?? "en-US",
      loop: read.whole("loop", 1),
    };
  },
  Play(element, warn) {
    const read = readAttributes(element, verbs.Play, warn);
    const digits = read.text("digits") ?? "";
    if (!/^[0-9wW*#A-D]*$/.test(digits)) warn(`<Play> cannot send the digits '${digits}'`);
    return { verb: "Play", url: textOf(element), digits, loop: read.whole("loop", 1) };
  },
  Pause: (element, warn) => ({
    verb: "Pause",
    length: readAttributes(element, verbs.Pause, warn).whole("length", 1),
  }),
  Redirect: (element, warn) => ({
    verb: "Redirect",
    url: textOf(element),
    method: readAttributes(element, verbs.Redirect, warn).method("method"),
  }),
  Hangup(element, warn) {
    readAttributes(element, verbs.Hangup, warn);
    return { verb: "Hangup", parameters: readParameters(element, warn) };
  },
  Reject: (element, warn) => ({
    verb: "Reject",
    reason: readAttributes(element, verbs.Reject, warn).oneOf("reason", ["rejected", "busy"], "rejected"),
    parameters: readParameters(element, warn),
  }),
  Gather(element, warn) {
    const read = readAttributes(element, verbs.Gather, warn);
    const input = read.words("input");
    const timeout = read.whole("timeout", 5);
    const finishOnKey = read.text("finishOnKey") ?? "#";
    if (!/^[0-9*#]*$/.test(finishOnKey)) warn(`<Gather> cannot finish on the key '${finishOnKey}'`);
    return {
      verb: "Gather",
      prompts: readPrompts(element, warn),
      takesKeys: input.length === 0 || input.includes("dtmf"),
      takesSpeech: input.includes("speech"),
      language: read.text("language") ?? "en-US",
      speechTimeout: read.text("speechTimeout") === "auto" ? 0 : read.whole("speechTimeout", timeout),
      bargeIn: read.flag("bargeIn", true),
      partialResultCallback: read.text("partialResultCallback") ?? "",
      partialResultMethod: read.method("partialResultCallbackMethod"),
      action: read.text("action") ?? "",
      method: read.method("method"),
      timeout,
      finishOnKey,
      numDigits: read.whole("numDigits", Infinity, [1, Number.MAX_SAFE_INTEGER]),
      actionOnEmptyResult: read.flag("actionOnEmptyResult", false),
    };
  },
  Dial(element, warn) {
    const dial = readDial(element, warn);
    return "unsupported" in dial ? { verb: "Unsupported", name: dial.unsupported } : dial;
  },
  Record: readRecord,
  Enqueue(element, warn) {
    const enqueue = readEnqueue(element, warn);
    return "unsupported" in enqueue ? { verb: "Unsupported", name: enqueue.unsupported } : enqueue;
  },
  Connect(element, warn) {
    const connect = readConnect(element, warn);
    return "unsupported" in connect ? { verb: "Unsupported", name: connect.unsupported } : connect;
  },
  Start: readStart,
  Stop: readStop,
  Leave(element, warn) {
    readAttributes(element, verbs.Leave, warn);
    return { verb: "Leave" };
  },
};

/** Verbs that may be heard while input is awaited (www.twilio.com/docs/voice/twiml/gather). */
const PROMPTS = new Set(["Say", "Play", "Pause"]);

function readPrompts(element: Element, warn: Warn): Verb[] {
  return elementsOf(element).flatMap((prompt) => {
    if (PROMPTS.has(prompt.name)) return readVerb(prompt, warn);
    warn(`<${prompt.name}> is not allowed in <Gather>`);
    return [];
  });
}

function readVerb(element: Element, warn: Warn): Verb[] {
  const read = Object.hasOwn(readers, element.name) ? readers[element.name] : undefined;
  if (read) return [read(element, warn)];
  if (UNSUPPORTED.has(element.name)) return [{ verb: "Unsupported", name: element.name }];
  warn(`<${element.name}> is not a verb of TwiML (names are case-sensitive)`);
  return [];
}

export interface TwimlDocument {
  verbs: Verb[];
  /** Twilio's schema warnings (12200); the document still runs. */
  warnings: string[];
}

/** @throws Error when the text is not XML or its root is not `<Response>` (Twilio's 12100) */
export function parseTwiml(text: string): TwimlDocument {
  const root = parseXml(text);
  if (root.name !== "Response") throw new Error(`The root is <${root.name}> and not <Response>`);
  const warnings: string[] = [];
  const warn = (message: string): number => warnings.push(message);
  return { verbs: elementsOf(root).flatMap((element) => readVerb(element, warn)), warnings };
}
