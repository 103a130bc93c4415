import { type Warn, readAttributes } from "./attributes.ts";
import type { EnqueueVerb } from "./verbs.ts";
import { verbs } from "./vocabulary.ts";
import { type Element, textOf } from "./xml.ts";

/** `<Enqueue>` (www.twilio.com/docs/voice/twiml/enqueue), or the name of what belongs to TaskRouter. */
export function readEnqueue(element: Element, warn: Warn): EnqueueVerb | { unsupported: string } {
  const read = readAttributes(element, verbs.Enqueue, warn);
  if (element.attributes.workflowSid) return { unsupported: "Enqueue workflowSid" };
  const waitUrl = read.text("waitUrl");
  const maxQueueSize = read.whole("maxQueueSize", 0, [1, 5_000]);
  return {
    verb: "Enqueue",
    name: textOf(element),
    action: read.text("action"),
    method: read.method("method"),
    waitUrl,
    waitMethod: read.method("waitUrlMethod", waitUrl === null ? "GET" : "POST"),
    maxQueueSize: maxQueueSize === 0 ? null : maxQueueSize,
  };
}
