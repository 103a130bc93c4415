import { type Attributes, type Warn, readAttributes } from "./attributes.ts";
import { readParameters } from "./parameters.ts";
import type { DialDetection, DialTarget } from "./verbs.ts";
import { nouns } from "./vocabulary.ts";
import { type Element, elementsOf, textOf } from "./xml.ts";

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
    copyParentTo: false,
    url: read.text("url"),
    method: read.method("method"),
    statusCallback: read.text("statusCallback"),
    statusCallbackMethod: read.method("statusCallbackMethod"),
    statusCallbackEvents: events.length > 0 ? events : ["completed"],
    detection: readDetection(read),
  };
}

export function readClient(element: Element, warn: Warn): DialTarget {
  const children = elementsOf(element);
  const identity = children.find((child) => child.name === "Identity") ?? element;
  const text = identity.children.filter((child) => typeof child === "string").join("");
  const read = readAttributes(element, nouns.Client, warn);
  return target(`client:${text.trim()}`, read, readParameters(element, warn));
}

export function readNumber(element: Element, warn: Warn): DialTarget {
  return target(textOf(element).replace(/[\s().-]/g, ""), readAttributes(element, nouns.Number, warn));
}

/** A SIP address without what comes after it: `;transport=tcp`, `?X-Header=value`. */
const SIP = /^sips?:[^\s@;?]+@[^\s@;?]+/i;

/** Headers that Twilio passes on (www.twilio.com/docs/api/errors/13252). */
const HEADER = /^(x-[\w-]+|user-to-user|remote-party-id|p-preferred-identity|p-called-party-id)$/i;

export function readSip(element: Element, warn: Warn): DialTarget[] {
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

const APPLICATION = /^AP[0-9a-f]{32}$/;
const LONGEST_CUSTOMER_ID = 256;

/** The fields of the request to an application's voice URL: its own, and custom ones with a prefix. */
function applicationFields(element: Element, read: Attributes, warn: Warn): Record<string, string> {
  const custom = Object.entries(readParameters(element, warn)).map(([name, value]) => [
    `Param_${name}`,
    value,
  ]);
  const customerId = read.text("customerId");
  const isTooLong = (customerId?.length ?? 0) > LONGEST_CUSTOMER_ID;
  if (isTooLong) warn(`'customerId' of <Application> has at most ${LONGEST_CUSTOMER_ID} characters`);
  const fields = Object.fromEntries(custom) as Record<string, string>;
  return customerId === null || isTooLong ? fields : { ...fields, CustomerId: customerId };
}

/** `<Application>` with a SID as its text or in `<ApplicationSid>` (www.twilio.com/docs/voice/twiml/dial/application). */
export function readApplication(element: Element, warn: Warn): DialTarget[] {
  const read = readAttributes(element, nouns.Application, warn);
  for (const name of nouns.Application.inert)
    if (name in element.attributes)
      warn(`Attribute '${name}' of <Application> has no effect: the application has its own voice URL`);
  const sid = textOf(elementsOf(element).find(({ name }) => name === "ApplicationSid") ?? element);
  if (!APPLICATION.test(sid)) {
    warn(`<Application> has no application SID: '${sid}' (21218)`);
    return [];
  }
  const fields = applicationFields(element, read, warn);
  return [{ ...target(`app:${sid}`, read, fields), copyParentTo: read.flag("copyParentTo", false) }];
}
