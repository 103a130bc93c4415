import type { GatherVerb } from "../twiml/verbs.ts";
import type { Hook } from "../types.ts";
import { documentFields } from "./call-fields.ts";
import { type GatherInput, takeInput } from "./gather-input.ts";
import { notify } from "./notify.ts";
import { NEXT, type Run, type Step, resolveUrl, wait } from "./run.ts";
import { OWN_STAGE, runSimpleVerb } from "./simple-verbs.ts";

/** What a scripted person says is understood to the letter. */
const CONFIDENCE = "0.99";

/** Goes on until the end or until `signal` is aborted; resolves with whether it was. */
async function until(run: Run, signal: AbortSignal, act: (run: Run) => Promise<unknown>): Promise<boolean> {
  try {
    await act({ ...run, signal: AbortSignal.any([run.signal, signal]) });
    return false;
  } catch (error) {
    if (run.signal.aborted || !signal.aborted) throw error;
    return true;
  }
}

async function listen(run: Run, verb: GatherVerb, input: GatherInput): Promise<void> {
  await until(run, input.bargedIn, async (listening) => {
    for (const prompt of verb.prompts) await runSimpleVerb(listening, prompt, OWN_STAGE);
  });
  while (!input.isComplete())
    if (!(await until(run, input.untilNext(), (silent) => wait(silent, input.pauseMs())))) break;
}

/** Reports what was understood so far, of which the last sentence is not certain yet. The answer changes nothing. */
function reportPartial(run: Run, hook: Hook, language: string, sentences: readonly string[]): void {
  const { core, leg } = run;
  const params = {
    ...documentFields(core, leg.call, "gather-partial"),
    SequenceNumber: String(sentences.length - 1),
    StableSpeechResult: sentences.slice(0, -1).join(" "),
    UnstableSpeechResult: sentences.join(" "),
    Language: language,
  };
  notify(core, { kind: "gather-partial", hook, params, callSid: leg.call.sid, conferenceSid: null });
}

function resultOf(verb: GatherVerb, { digits, finishedOn, sentences }: GatherInput): Record<string, string> {
  const isSpeech = sentences.length > 0 || !verb.takesKeys;
  if (!isSpeech) return { msg: "Gather End", Digits: digits, FinishedOnKey: finishedOn ?? "" };
  const Confidence = sentences.length > 0 ? CONFIDENCE : "0.0";
  return { SpeechResult: sentences.join(" "), Confidence, Language: verb.language };
}

/**
 * `<Gather>` of keys and of what scripted people say (www.twilio.com/docs/voice/twiml/gather): a key ends the prompts, each key
 * restarts the time-out, and a sentence is over after `speechTimeout`. With input, the call goes on at `action`; without, with the next
 * verb, unless the document says otherwise.
 */
export async function runGather(run: Run, verb: GatherVerb): Promise<Step> {
  const { partialResultCallback, partialResultMethod: method, language } = verb;
  const partial =
    partialResultCallback === "" ? null : { url: resolveUrl(run, partialResultCallback), method };
  const input = takeInput(run.leg, verb, (sentences) => {
    if (partial) reportPartial(run, partial, language, sentences);
  });
  try {
    await listen(run, verb, input);
  } finally {
    input.close();
  }
  const isEmpty = input.digits === "" && input.sentences.length === 0;
  if (isEmpty && !verb.actionOnEmptyResult) return NEXT;
  const url = resolveUrl(run, verb.action);
  return {
    kind: "document",
    request: { kind: "action", url, method: verb.method, params: resultOf(verb, input) },
  };
}
