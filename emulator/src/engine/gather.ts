import type { GatherVerb } from "../twiml/verbs.ts";
import type { Leg } from "./leg.ts";
import { NEXT, type Run, type Step, resolveUrl, wait } from "./run.ts";
import { OWN_STAGE, runSimpleVerb } from "./simple-verbs.ts";

/** The keys of a leg, as they are pressed. */
interface Keypad {
  digits: string;
  /** Null until one of `finishOnKey` was pressed. */
  finishedOn: string | null;
  isFull: () => boolean;
  /** Aborted by the next key. */
  untilKey: () => AbortSignal;
  close: () => void;
}

function openKeypad(leg: Leg, { takesKeys, finishOnKey, numDigits }: GatherVerb): Keypad {
  const before = leg.onDigits;
  let next = new AbortController();
  const keypad: Keypad = {
    digits: "",
    finishedOn: null,
    isFull: () => keypad.finishedOn !== null || keypad.digits.length >= numDigits,
    untilKey: () => next.signal,
    close: () => (leg.onDigits = before),
  };
  leg.onDigits = (keys) => {
    if (!takesKeys) return;
    for (const key of keys) {
      if (keypad.isFull()) break;
      if (finishOnKey.includes(key)) keypad.finishedOn = key;
      else keypad.digits += key;
    }
    const pressed = next;
    next = new AbortController();
    pressed.abort();
  };
  return keypad;
}

/** Goes on until the end or until a key is pressed; resolves with whether one was. */
async function untilKey(run: Run, keypad: Keypad, act: (run: Run) => Promise<unknown>): Promise<boolean> {
  const key = keypad.untilKey();
  try {
    await act({ ...run, signal: AbortSignal.any([run.signal, key]) });
    return false;
  } catch (error) {
    if (run.signal.aborted || !key.aborted) throw error;
    return true;
  }
}

async function hearKeys(run: Run, verb: GatherVerb, keypad: Keypad): Promise<void> {
  await untilKey(run, keypad, async (listening) => {
    for (const prompt of verb.prompts) await runSimpleVerb(listening, prompt, OWN_STAGE);
  });
  while (!keypad.isFull() && (await untilKey(run, keypad, (silent) => wait(silent, verb.timeout * 1_000))));
}

/**
 * `<Gather>` of keys (www.twilio.com/docs/voice/twiml/gather): a key ends the prompts, and each key restarts the time-out. With
 * keys, the call goes on at `action`; without, with the next verb, unless the document says otherwise.
 */
export async function runGather(run: Run, verb: GatherVerb): Promise<Step> {
  const keypad = openKeypad(run.leg, verb);
  try {
    await hearKeys(run, verb, keypad);
  } finally {
    keypad.close();
  }
  const { digits, finishedOn } = keypad;
  if (digits === "" && !verb.actionOnEmptyResult) return NEXT;
  const params = { msg: "Gather End", Digits: digits, FinishedOnKey: finishedOn ?? "" };
  const url = resolveUrl(run, verb.action);
  return { kind: "document", request: { kind: "action", url, method: verb.method, params } };
}
