import type { Hook, ParticipantState } from "../types.ts";
import type { Verb } from "../twiml/verbs.ts";
import { ambientOf } from "../world/hearing.ts";
import { type Core, warn } from "./core.ts";
import type { Leg } from "./leg.ts";
import { startSound } from "./leg-sound.ts";
import { DocumentError, type DocumentRequest, NEXT, type Run, type Step } from "./run.ts";
import { runDocuments } from "./run-documents.ts";
import { runSimpleVerb } from "./simple-verbs.ts";

type AmbientKind = "wait" | "hold";

/** Runs a document that may only hold Say, Play, Pause and Redirect (Twilio's 13238). */
export function musicVerbs(kind: AmbientKind | "announcement") {
  const stage = { kind, layer: kind === "announcement" ? "over" : "base" } as const;
  let isAudio = false;
  return async (run: Run, verb: Verb): Promise<Step> => {
    // An audio file in place of TwiML ends with a hang-up, which does not count here.
    if (verb.verb === "Hangup" && isAudio) return NEXT;
    isAudio = verb.verb === "Audio";
    const step = await runSimpleVerb(run, verb, stage);
    if (step?.kind === "document") step.request.kind = kind === "announcement" ? "announce" : kind;
    if (step) return step;
    const name = verb.verb === "Unsupported" ? verb.name : verb.verb;
    const message = `<${name}> is not allowed here: only Say, Play, Pause and Redirect`;
    warn(run.core, { callSid: run.leg.call.sid, code: 13238, message, url: run.documentUrl });
    return NEXT;
  };
}

const hookOf = (p: ParticipantState, kind: AmbientKind): Hook | null =>
  kind === "hold" ? p.holdHook : p.waitHook;

async function runHook(
  run: Run,
  kind: AmbientKind,
  hook: Hook,
  onFailure: (error: DocumentError, hasBegun: boolean) => void,
) {
  const params: Record<string, string> = {};
  const conference = run.leg.stay?.conference;
  if (conference) params.ConferenceSid = conference.sid;
  const request: DocumentRequest = { kind, ...hook, params };
  const runVerb = musicVerbs(kind);
  let hasBegun = false;
  try {
    await runDocuments(run, request, (run, verb) => {
      hasBegun = true;
      return runVerb(run, verb);
    });
  } catch (error) {
    if (run.signal.aborted) return;
    if (!(error instanceof DocumentError)) throw error;
    onFailure(error, hasBegun);
  }
}

/** Music without an address is endless; an empty address is silence; a document that runs out is silence too. */
function startAmbient(core: Core, leg: Leg, kind: AmbientKind, hook: Hook | null, onFailure: () => void) {
  if (hook?.url === "") return () => {};
  if (!hook && kind === "hold" && core.quirks.holdWithoutUrl === "silence") return () => {};
  if (!hook) {
    const clip = core.clips.loop(core.clips.music(), 0);
    return startSound(leg, "base", { kind, clip });
  }
  const controller = new AbortController();
  const run: Run = { core, leg, signal: controller.signal, documentUrl: hook.url };
  const failed = (error: DocumentError, hasBegun: boolean): void => {
    warn(core, { callSid: leg.call.sid, code: error.code, message: error.message, url: error.url });
    if (kind === "wait" && !hasBegun) onFailure();
  };
  core.turns.later(() => void (controller.signal.aborted || runHook(run, kind, hook, failed)));
  return () => controller.abort();
}

/**
 * Brings a leg's music into line with its conference: `waitUrl` only before the start, `HoldUrl` on hold.
 * @param onFailure the first request of the wait address failed, so the join fails
 *   (www.twilio.com/docs/voice/twiml/conference#attributes-waiturl)
 */
export function refreshAmbient(core: Core, leg: Leg, p: ParticipantState, onFailure: () => void): void {
  const { stay } = leg;
  if (!stay) return;
  const kind = ambientOf(stay.conference, p);
  const hook = kind && hookOf(p, kind);
  const url = hook?.url ?? null;
  if (kind === (stay.ambient?.kind ?? null) && url === (stay.ambient?.url ?? null)) return;
  stay.ambient?.stop();
  stay.ambient = kind && { kind, url, stop: startAmbient(core, leg, kind, hook, onFailure) };
}
