import { type Warn, readAttributes } from "./attributes.ts";
import { readRelay } from "./relay-noun.ts";
import { readStream } from "./stream-noun.ts";
import type { ConnectVerb } from "./verbs.ts";
import { verbs } from "./vocabulary.ts";
import { type Element, elementsOf } from "./xml.ts";

/** `<Connect>` (www.twilio.com/docs/voice/twiml/connect), or what of it the emulator does not run. */
export function readConnect(element: Element, warn: Warn): ConnectVerb | { unsupported: string } {
  const read = readAttributes(element, verbs.Connect, warn);
  const [noun, ...others] = elementsOf(element);
  if (others.length > 0) warn("<Connect> takes one noun: the emulator runs the first");
  const connect = { verb: "Connect", action: read.text("action"), method: read.method("method") } as const;
  if (noun?.name === "Stream") return { ...connect, noun: { stream: readStream(noun, "Connect", warn) } };
  if (noun?.name === "ConversationRelay") return { ...connect, noun: { relay: readRelay(noun, warn) } };
  return { unsupported: noun ? `Connect><${noun.name}` : "Connect" };
}
