import type { StreamNoun, Verb } from "../twiml/verbs.ts";
import type { StreamOrder } from "../world/stream-state.ts";
import { warn } from "./core.ts";
import { DocumentError, NEXT, type Run, type Step, resolveUrl } from "./run.ts";
import { socketUrl } from "./socket-url.ts";
import { startStream } from "./stream-session.ts";

function orderOf(run: Run, noun: StreamNoun, isBidirectional: boolean): StreamOrder {
  const { url, name, track, parameters, statusCallback, statusCallbackMethod: method } = noun;
  if (url === "") throw new DocumentError(12200, "<Stream> needs a url", run.documentUrl);
  const callback = statusCallback === null ? null : { url: resolveUrl(run, statusCallback), method };
  return { url: socketUrl(run, url), name, track, parameters, callback, isBidirectional };
}

/** `<Connect><Stream>`. @param onEnd called once, when the app has closed the connection, or has not taken it */
export function connectStream(run: Run, noun: StreamNoun, onEnd: () => void): { stop: () => void } {
  return startStream(run.core, run.leg, orderOf(run, noun, true), onEnd);
}

/** The names that streams of this call have now. */
const namesOf = ({ core, leg }: Run): (string | null)[] =>
  [...core.streams.values()].flatMap(({ stream }) => (stream.callSid === leg.call.sid ? stream.name : []));

/** `<Start>`: the next verb runs while the streams are set up. */
export function runStart(run: Run, { streams }: Extract<Verb, { verb: "Start" }>): Step {
  const { core, leg } = run;
  for (const noun of streams) {
    const order = orderOf(run, noun, false);
    if (noun.name !== null && namesOf(run).includes(noun.name)) {
      const message = `The call already has a stream with the name '${noun.name}'`;
      warn(core, { callSid: leg.call.sid, code: 12200, message, url: run.documentUrl });
    } else startStream(core, leg, order);
  }
  return NEXT;
}

/** `<Stop>`, by name. */
export function runStop(run: Run, { names }: Extract<Verb, { verb: "Stop" }>): Step {
  const { core, leg } = run;
  for (const { stream, stop } of core.streams.values())
    if (stream.callSid === leg.call.sid && stream.name !== null && names.includes(stream.name)) stop();
  return NEXT;
}
