import type { DialTarget, DialVerb, Verb } from "../twiml/verbs.ts";
import type { CallEvent, CallState, Hook, HttpMethod } from "../types.ts";
import { newCall } from "../world/calls.ts";
import { type Core, warn } from "./core.ts";
import type { MachineDetection } from "./engine.ts";
import { type Leg, newLeg } from "./leg.ts";
import { DocumentError, type DocumentRequest, type Run, type Step, NEXT, resolveUrl } from "./run.ts";
import { runDocuments } from "./run-documents.ts";
import { OWN_STAGE, runSimpleVerb } from "./simple-verbs.ts";

/** The called side of `<Dial>`: a call of its own, whose parent is the caller's. */
export interface Callee {
  readonly child: Leg;
  readonly target: DialTarget;
  /** TwiML for the called side alone, before it is connected. */
  readonly whisper: Hook | null;
  readonly detection: MachineDetection | null;
}

interface Addresses extends Pick<Callee, "whisper" | "detection"> {
  statusCallback: CallState["statusCallback"];
}

/** The addresses of a noun made absolute. @throws DocumentError */
function addressesOf(run: Run, target: DialTarget): Addresses {
  const hook = (address: string | null, method: HttpMethod): Hook | null =>
    address === null ? null : { url: resolveUrl(run, address), method };
  const { detection } = target;
  const progress = hook(target.statusCallback, target.statusCallbackMethod);
  const events = new Set(target.statusCallbackEvents as CallEvent[]);
  return {
    whisper: hook(target.url, target.method),
    statusCallback: progress && { ...progress, events },
    // It never holds up the call.
    detection: detection && {
      ...detection,
      isAsync: true,
      callback: hook(detection.callback, detection.callbackMethod),
    },
  };
}

function newChild(run: Run, dial: DialVerb, to: string, statusCallback: CallState["statusCallback"]): Leg {
  const { core, leg } = run;
  const from = dial.callerId ?? leg.call.from;
  const parentCallSid = leg.call.sid;
  const given = { direction: "outbound-dial", from, to, status: "queued", parentCallSid } as const;
  const call = newCall(given, core.clock.now());
  call.statusCallback = statusCallback;
  const child = newLeg(call);
  core.world.calls.set(call.sid, call);
  core.legs.set(call.sid, child);
  return child;
}

/** @throws DocumentError for an address that is none, before there is any call */
export function newCallees(run: Run, dial: DialVerb, targets: readonly DialTarget[]): Callee[] {
  return targets
    .map((target) => ({ target, ...addressesOf(run, target) }))
    .map(({ target, statusCallback, whisper, detection }) => {
      return { child: newChild(run, dial, target.to, statusCallback), target, whisper, detection };
    });
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
export async function greetChild(core: Core, child: Leg, whisper: Hook): Promise<boolean> {
  const program = new AbortController();
  child.program = program;
  return greet(core, child, { ...whisper, params: {} }, program.signal);
}
