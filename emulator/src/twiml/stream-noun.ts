import { type Warn, readAttributes } from "./attributes.ts";
import { readParameters } from "./parameters.ts";
import type { StreamNoun } from "./verbs.ts";
import { connectNouns, startNouns } from "./vocabulary.ts";
import type { Element } from "./xml.ts";

const TRACKS = ["inbound_track", "outbound_track", "both_tracks"] as const;

/** `<Stream>` (www.twilio.com/docs/voice/twiml/stream). One of `<Connect>` only has the inbound track. */
export function readStream(element: Element, verb: "Connect" | "Start", warn: Warn): StreamNoun {
  const known = verb === "Connect" ? connectNouns.Stream : startNouns.Stream;
  const read = readAttributes(element, known, warn);
  const url = read.text("url") ?? "";
  if (url === "") warn(`<Stream> of <${verb}> needs a url`);
  if (url.includes("?")) warn(`<Stream> supports no query in its url: use <Parameter>`);
  const track = read.oneOf("track", TRACKS, "inbound_track");
  if (verb === "Connect" && track !== "inbound_track")
    warn(`<Connect><Stream> only has the track 'inbound_track', not '${track}'`);
  return {
    url,
    name: read.text("name"),
    track: verb === "Connect" ? "inbound_track" : track,
    parameters: readParameters(element, warn),
    statusCallback: read.text("statusCallback"),
    statusCallbackMethod: read.method("statusCallbackMethod"),
  };
}
