import type { ConnectVerb, StreamNoun, Verb } from "../twiml/verbs.ts";
import { isOver } from "../world/calls.ts";
import { warn } from "./core.ts";
import { requestLate } from "./late-request.ts";
import { DocumentError, type DocumentRequest, NEXT, type Run, type Step, resolveUrl } from "./run.ts";
import { startStream } from "./stream-session.ts";
import type { StreamOrder } from "./stream-traffic.ts";

/** An address of the document as one of a WebSocket. */
function socketUrl(run: Run, url: string): string {
  if (/^wss?:/i.test(url) || (URL.canParse(url) && !/^https?:/i.test(url))) return url;
  return resolveUrl(run, url).replace(/^http/i, "ws");
}

function orderOf(run: Run, noun: StreamNoun, isBidirectional: boolean): StreamOrder {
  const { url, name, track, parameters, statusCallback, statusCallbackMethod: method } = noun;
  if (url === "") throw new DocumentError(12200, "<Stream> needs a url", run.documentUrl);
  const callback = statusCallback === null ? null : { url: resolveUrl(run, statusCallback), method };
  return { url: socketUrl(run, url), name, track, parameters, callback, isBidirectional };
}

/** Resolves when the stream has ended; rejects when the run is stopped, after `onAbort`. */
function connect(run: Run, noun: StreamNoun, onAbort: () => void): Promise<void> {
  const { core, leg, signal } = run;
  const order = orderOf(run, noun, true);
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
      session.stop();
      onAbort();
    };
    signal.addEventListener("abort", abort, { once: true });
    const session = startStream(core, leg, order, () => {
      signal.removeEventListener("abort", abort);
      core.turns.later(resolve);
    });
  });
}

/** `<Connect><Stream>`: the document goes on, at `action` or with the next verb, when the app closes the connection. */
export async function runConnect(run: Run, verb: ConnectVerb): Promise<Step> {
  const action = verb.action === null ? null : resolveUrl(run, verb.action);
  const requestOf = (url: string): DocumentRequest => ({
    kind: "action",
    url,
    method: verb.method,
    params: {},
  });
  await connect(run, verb.stream, () => {
    if (action !== null && isOver(run.leg.call)) requestLate(run, requestOf(action));
  });
  return action === null ? NEXT : { kind: "document", request: requestOf(action) };
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
