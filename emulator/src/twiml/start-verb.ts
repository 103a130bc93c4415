import { type Warn, readAttributes } from "./attributes.ts";
import { readStream } from "./stream-noun.ts";
import type { StreamNoun, Verb } from "./verbs.ts";
import { stopNouns, verbs } from "./vocabulary.ts";
import { type Element, elementsOf } from "./xml.ts";

/** The `<Stream>` elements inside; the call goes on without anything else that would start or stop beside it. */
function streamsOf(element: Element, warn: Warn): Element[] {
  const nouns = elementsOf(element);
  const skip = (noun: string): void =>
    warn(`The emulator skips <${element.name}>${noun} and runs the next verb`);
  if (nouns.length === 0) skip("");
  for (const { name } of nouns) if (name !== "Stream") skip(`<${name}>`);
  return nouns.filter(({ name }) => name === "Stream");
}

/** www.twilio.com/docs/voice/twiml/start */
export function readStart(element: Element, warn: Warn): Verb {
  readAttributes(element, verbs.Start, warn);
  const streams: StreamNoun[] = streamsOf(element, warn).map((noun) => readStream(noun, "Start", warn));
  return { verb: "Start", streams };
}

/** www.twilio.com/docs/voice/twiml/stream#stop-a-stream */
export function readStop(element: Element, warn: Warn): Verb {
  readAttributes(element, verbs.Stop, warn);
  const names = streamsOf(element, warn).flatMap((noun) => {
    const name = readAttributes(noun, stopNouns.Stream, warn).text("name");
    if (name === null) warn("<Stream> of <Stop> needs a name");
    return name ?? [];
  });
  return { verb: "Stop", names };
}
