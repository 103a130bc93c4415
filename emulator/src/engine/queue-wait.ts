import type { Verb } from "../twiml/verbs.ts";
import type { Hook } from "../types.ts";
import { warn } from "./core.ts";
import { endLeg } from "./end-leg.ts";
import { runGather } from "./gather.ts";
import type { QueuePlace } from "./leg.ts";
import { startSound } from "./leg-sound.ts";
import { waitFields } from "./queue-place.ts";
import { DocumentError, type DocumentRequest, HANG_UP, NEXT, type Run, type Step } from "./run.ts";
import { runDocuments } from "./run-documents.ts";
import { runSimpleVerb } from "./simple-verbs.ts";

const STAGE = { kind: "wait", layer: "base" } as const;

/** How many documents without a sound may follow each other: a document that runs out is requested again. */
const MOST_SILENT = 100;

/** The verbs of www.twilio.com/docs/voice/twiml/enqueue#attributes-waiturl. */
function waitVerbs(place: QueuePlace) {
  let isAudio = false;
  return async (run: Run, verb: Verb): Promise<Step> => {
    const { core, leg } = run;
    // An audio file in place of TwiML ends with a hang-up, which does not count here.
    const hangsUp = verb.verb === "Hangup" && !isAudio;
    isAudio = verb.verb === "Audio";
    if (verb.verb === "Leave") place.finish("leave");
    if (hangsUp) endLeg(core, leg, { status: "completed" });
    if (verb.verb === "Leave" || verb.verb === "Hangup") return HANG_UP;
    const step = verb.verb === "Gather" ? await runGather(run, verb) : await runSimpleVerb(run, verb, STAGE);
    if (step?.kind === "document") Object.assign(step.request.params, waitFields(core, place));
    if (step) return step;
    const name = verb.verb === "Unsupported" ? verb.name : verb.verb;
    const message = `<${name}> is not allowed here: only Say, Play, Pause, Gather, Redirect, Leave and Hangup`;
    warn(core, { callSid: leg.call.sid, code: 12200, message, url: run.documentUrl });
    return NEXT;
  };
}

/** Requests the address again and again, as Twilio does. */
async function runHook(run: Run, place: QueuePlace, hook: Hook): Promise<void> {
  const { clock } = run.core;
  const runVerb = waitVerbs(place);
  for (let silent = 0; silent < MOST_SILENT; silent++) {
    const since = clock.now();
    const request: DocumentRequest = { kind: "queue-wait", ...hook, params: waitFields(run.core, place) };
    await runDocuments(run, request, runVerb);
    run.signal.throwIfAborted();
    if (clock.now() > since) silent = -1;
  }
  throw new DocumentError(11215, `waitUrl answered ${MOST_SILENT} times without a sound`, hook.url);
}

async function runOrLeave(run: Run, place: QueuePlace, hook: Hook): Promise<void> {
  try {
    await runHook(run, place, hook);
  } catch (error) {
    if (run.signal.aborted) return;
    if (!(error instanceof DocumentError)) throw error;
    const { code, message, url } = error;
    warn(run.core, { callSid: run.leg.call.sid, code, message, url });
    place.finish("error");
  }
}

/**
 * Plays to a queued call until the signal: the address, or Twilio's playlist without one, or nothing if it is empty.
 * An address that fails ends the place (`error`).
 */
export function startQueueMusic(outer: Run, place: QueuePlace, hook: Hook | null, signal: AbortSignal): void {
  const { core, leg } = outer;
  if (hook?.url === "") return;
  if (!hook) {
    const stop = startSound(leg, "base", { kind: "wait", clip: core.clips.loop(core.clips.music(), 0) });
    signal.addEventListener("abort", stop, { once: true });
    return;
  }
  const run: Run = { core, leg, signal, documentUrl: hook.url };
  core.turns.later(() => void (signal.aborted || runOrLeave(run, place, hook)));
}
