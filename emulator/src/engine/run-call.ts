import type { Hook } from "../types.ts";
import type { Verb } from "../twiml/verbs.ts";
import { readTwiml } from "../twiml/read-answer.ts";
import { answerCaller } from "./connect-leg.ts";
import { runConnect } from "./connect.ts";
import { type Core, warn } from "./core.ts";
import { giveBack } from "./counterpart.ts";
import { runDial } from "./dial.ts";
import { endLeg } from "./end-leg.ts";
import { runEnqueue } from "./enqueue.ts";
import { runGather } from "./gather.ts";
import type { Leg } from "./leg.ts";
import { runRecord } from "./record.ts";
import { DocumentError, type DocumentRequest, type Run, type Step } from "./run.ts";
import { runDocuments } from "./run-documents.ts";
import { OWN_STAGE, runSimpleVerb } from "./simple-verbs.ts";
import { runStart, runStop } from "./stream-verbs.ts";

/** The first document of a call: an address, requested with a browser's own parameters, or TwiML from REST. */
export type Source = { hook: Hook; params?: Readonly<Record<string, string>> } | { twiml: string };

const APPLICATION_ERROR = "We're sorry, an application error has occurred. Goodbye.";

async function runVerb(run: Run, verb: Verb): Promise<Step> {
  const { core, leg } = run;
  if (verb.verb === "Unsupported")
    throw new DocumentError(12200, `The emulator does not run <${verb.name}>`, run.documentUrl);
  if (verb.verb === "Reject" && leg.call.status === "ringing") {
    giveBack(core, leg, verb.parameters);
    endLeg(core, leg, { status: verb.reason === "busy" ? "busy" : "no-answer", sipResponseCode: 603 });
    return { kind: "hang-up" };
  }
  if (verb.verb === "Dial") return runDial(run, verb);
  answerCaller(core, leg);
  if (verb.verb === "Enqueue") return runEnqueue(run, verb);
  if (verb.verb === "Leave") {
    warn(core, { callSid: leg.call.sid, code: 12200, message: "<Leave> outside of a queue does nothing" });
    return { kind: "next" };
  }
  if (verb.verb === "Gather") return runGather(run, verb);
  if (verb.verb === "Record") return runRecord(run, verb);
  if (verb.verb === "Connect") return runConnect(run, verb);
  if (verb.verb === "Start") return runStart(run, verb);
  if (verb.verb === "Stop") return runStop(run, verb);
  return (await runSimpleVerb(run, verb, OWN_STAGE)) ?? { kind: "next" };
}

function begin(run: Run, source: Source): DocumentRequest | readonly Verb[] {
  if ("hook" in source) return { kind: "voice", ...source.hook, params: { ...source.params } };
  const document = readTwiml(source.twiml);
  if ("code" in document) throw new DocumentError(document.code, document.message, null);
  const { sid: callSid } = run.leg.call;
  for (const message of document.warnings) warn(run.core, { callSid, code: 12200, message });
  return document.verbs;
}

/** The fallback's document goes on with the call (www.twilio.com/docs/availability-reliability). */
function fallbackOf(leg: Leg, error: DocumentError): DocumentRequest | null {
  const { fallback } = leg.call;
  if (!fallback || fallback.url === "") return null;
  const params = { ErrorCode: String(error.code), ErrorUrl: error.url ?? "" };
  return { kind: "fallback", ...fallback, params };
}

async function apologise(run: Run): Promise<void> {
  answerCaller(run.core, run.leg);
  const sentence = { text: APPLICATION_ERROR, voice: "man", language: "en-US", loop: 1 };
  await runSimpleVerb(run, { verb: "Say", ...sentence }, OWN_STAGE);
}

async function runOrFail(
  run: Run,
  start: () => DocumentRequest | readonly Verb[],
): Promise<DocumentError | null> {
  try {
    await runDocuments(run, start(), runVerb);
    return null;
  } catch (error) {
    if (!(error instanceof DocumentError) || run.signal.aborted) throw error;
    const { code, message, url } = error;
    warn(run.core, { callSid: run.leg.call.sid, code, message, url });
    return error;
  }
}

async function runToTheEnd(run: Run, source: Source): Promise<void> {
  let failed = await runOrFail(run, () => begin(run, source));
  const fallback = failed && fallbackOf(run.leg, failed);
  if (fallback) failed = await runOrFail(run, () => fallback);
  if (failed) await apologise(run);
  endLeg(run.core, run.leg, { status: "completed" });
}

/** Starts TwiML at a leg, in place of what runs there; the call ends when it is over. Must be called in a turn of its own. */
export function runCall(core: Core, leg: Leg, source: Source): void {
  leg.program?.abort();
  const controller = new AbortController();
  leg.program = controller;
  const documentUrl = "hook" in source ? source.hook.url : null;
  const run: Run = { core, leg, signal: controller.signal, documentUrl };
  runToTheEnd(run, source).catch((error: unknown) => {
    if (!controller.signal.aborted) throw error;
  });
}
