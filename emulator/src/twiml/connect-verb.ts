import { type Warn, readAttributes } from "./attributes.ts";
import { readStream } from "./stream-noun.ts";
import type { ConnectVerb } from "./verbs.ts";
import { verbs } from "./vocabulary.ts";
import { type Element, elementsOf } from "./xml.ts";

/** `<Connect>` (www.twilio.com/docs/voice/twiml/connect), or what of it the emulator does not run. */
export function readConnect(element: Element, warn: Warn): ConnectVerb | { unsupported: string } {
  const read = readAttributes(element, verbs.Connect, warn);
  const [noun, ...others] = elementsOf(element);
  if (others.length > 0) warn("<Connect> takes one noun: the emulator runs the first");
  if (noun?.name !== "Stream") return { unsupported: noun ? `Connect><${noun.name}` : "Connect" };
  return {
    verb: "Connect",
    action: read.text("action"),
    method: read.method("method"),
    stream: readStream(noun, "Connect", warn),
  };
}
