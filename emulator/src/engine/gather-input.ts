import type { GatherVerb } from "../twiml/verbs.ts";
import type { Leg } from "./leg.ts";

/** What a caller gives to a `<Gather>`: keys or sentences, whichever comes first. */
export interface GatherInput {
  digits: string;
  /** Null until one of `finishOnKey` was pressed. */
  finishedOn: string | null;
  readonly sentences: string[];
  isComplete: () => boolean;
  /** How long the caller may pause now, in ms. */
  pauseMs: () => number;
  /** Aborted by the next key or sentence. */
  untilNext: () => AbortSignal;
  /** Aborted by what silences the prompts: a key, or a sentence unless `bargeIn` is false. */
  readonly bargedIn: AbortSignal;
  close: () => void;
}

/** @param onSentence called with all sentences at each new one */
export function takeInput(
  leg: Leg,
  verb: GatherVerb,
  onSentence: (sentences: readonly string[]) => void,
): GatherInput {
  const { takesKeys, takesSpeech, finishOnKey, numDigits } = verb;
  const { onDigits, onWords } = leg;
  const barge = new AbortController();
  let next = new AbortController();
  const input: GatherInput = {
    digits: "",
    finishedOn: null,
    sentences: [],
    isComplete: () =>
      input.finishedOn !== null ||
      input.digits.length >= numDigits ||
      (input.sentences.length > 0 && verb.speechTimeout === 0),
    pauseMs: () => (input.sentences.length > 0 ? verb.speechTimeout : verb.timeout) * 1_000,
    untilNext: () => next.signal,
    bargedIn: barge.signal,
    close: () => void Object.assign(leg, { onDigits, onWords }),
  };
  const came = (): void => {
    const before = next;
    next = new AbortController();
    before.abort();
  };
  leg.onDigits = (keys) => {
    if (!takesKeys || input.sentences.length > 0) return;
    for (const key of keys) {
      if (input.isComplete()) break;
      if (finishOnKey.includes(key)) input.finishedOn = key;
      else input.digits += key;
    }
    barge.abort();
    came();
  };
  leg.onWords = (sentence) => {
    if (!takesSpeech || input.digits !== "" || input.isComplete()) return;
    input.sentences.push(sentence);
    onSentence(input.sentences);
    if (verb.bargeIn) barge.abort();
    came();
  };
  return input;
}
