import type { DialTarget, DialVerb, Verb } from "../twiml/verbs.ts";
import type { CallEvent } from "../types.ts";
import { newCall } from "../world/calls.ts";
import { type Core, warn } from "./core.ts";
import { type Leg, newLeg } from "./leg.ts";
import { DocumentError, type DocumentRequest, type Run, type Step, NEXT, resolveUrl } from "./run.ts";
import { runDocuments } from "./run-documents.ts";
import { OWN_STAGE, runSimpleVerb } from "./simple-verbs.ts";

/** The called side of `<Dial>`: a call of its own, whose parent is the caller's. */
export function newChild(run: Run, dial: DialVerb, target: DialTarget): Leg {
  const { core, leg } = run;
  const from = dial.callerId ?? leg.call.from;
  const parentCallSid = leg.call.sid;
  const given = { direction: "outbound-dial", from, to: target.to, status: "queued", parentCallSid } as const;
  const call = newCall(given, core.clock.now());
  if (target.statusCallback !== null) {
    const events = new Set(target.statusCallbackEvents as CallEvent[]);
    const url = resolveUrl(run, target.statusCallback);
    call.statusCallback = { url, method: target.statusCallbackMethod, events };
  }
  const child = newLeg(call);
  core.world.calls.set(call.sid, call);
  core.legs.set(call.sid, child);
  return child;
}

async function runVerb(run: Run, verb: Verb): Promise<Step> {
  const step = await runSimpleVerb(run, verb, OWN_STAGE);
  if (step) return step;
  const name = verb.verb === "Unsupported" ? verb.name : verb.verb;
  const message = `<${name}> is not allowed before the called side is connected`;
  warn(run.core, { callSid: run.leg.call.sid, code: 13201, message, url: run.documentUrl });
  return NEXT;
}

/** Plays a document to a leg that is about to be connected. @returns whether it may be */
export async function greet(
  core: Core,
  leg: Leg,
  request: Omit<DocumentRequest, "kind">,
  signal: AbortSignal,
): Promise<boolean> {
  const run: Run = { core, leg, signal, documentUrl: request.url };
  try {
    return (await runDocuments(run, { kind: "client-url", ...request }, runVerb)) === "over";
  } catch (error) {
    if (signal.aborted) return false;
    if (!(error instanceof DocumentError)) throw error;
    warn(core, { callSid: leg.call.sid, code: error.code, message: error.message, url: error.url });
    return false;
  }
}

/** Plays the whisper to the called side. @returns whether it may be connected */
export async function greetChild(run: Run, child: Leg, target: DialTarget): Promise<boolean> {
  if (target.url === null) return true;
  const url = resolveUrl(run, target.url);
  const program = new AbortController();
  child.program = program;
  return greet(run.core, child, { url, method: target.method, params: {} }, program.signal);
}
