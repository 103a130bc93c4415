import type { PlayVerb, RelayInput, SayVerb } from "../twiml/verbs.ts";
import { DocumentError, type Run } from "./run.ts";
import { OWN_STAGE, runSimpleVerb } from "./simple-verbs.ts";

/** A sentence, a sound or keys, for the caller. */
export interface Utterance {
  verb: SayVerb | PlayVerb;
  interruptible: RelayInput;
  preemptible: boolean;
}

/** How much the caller has heard of a sentence that was interrupted. */
export interface Interruption {
  utteranceUntilInterrupt: string;
  durationUntilInterruptMs: number;
}

/** What a caller hears of the app, one utterance after the other. */
export interface RelaySpeech {
  /** The utterance that is heard now. */
  readonly current: Utterance | null;
  add(utterance: Utterance): void;
  /** Forgets all that is heard and waits. */
  interrupt(): Interruption;
  stop(): void;
}

/** The words of a sentence that are said within a share of its time. */
function wordsUntil(text: string, share: number): string {
  const words = text.split(/\s+/);
  return words.slice(0, Math.floor(words.length * share)).join(" ");
}

/** @param onError called for a sound that cannot be played */
export function createRelaySpeech(run: Run, onError: (problem: string) => void): RelaySpeech {
  const { clock, clips } = run.core;
  let waiting: Utterance[] = [];
  let playing: { utterance: Utterance; since: number; controller: AbortController } | null = null;
  const perform = async (utterance: Utterance, controller: AbortController): Promise<void> => {
    const signal = AbortSignal.any([run.signal, controller.signal]);
    try {
      await runSimpleVerb({ ...run, signal }, utterance.verb, OWN_STAGE);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof DocumentError)) throw error;
      onError(error.message);
    }
  };
  const playNext = (): void => {
    const utterance = waiting.shift();
    if (playing || !utterance) return;
    const controller = new AbortController();
    const mine = { utterance, since: clock.now(), controller };
    playing = mine;
    void perform(utterance, controller).then(() => {
      if (playing !== mine) return undefined;
      playing = null;
      return playNext();
    });
  };
  const stop = (): void => {
    waiting = [];
    const controller = playing?.controller;
    playing = null;
    controller?.abort();
  };
  return {
    get current() {
      return playing?.utterance ?? null;
    },
    add(utterance) {
      if (playing?.utterance.preemptible) stop();
      waiting.push(utterance);
      if (!playing) playNext();
    },
    interrupt() {
      const verb = playing?.utterance.verb;
      const durationUntilInterruptMs = playing ? clock.now() - playing.since : 0;
      stop();
      if (verb?.verb !== "Say") return { utteranceUntilInterrupt: "", durationUntilInterruptMs };
      const whole = clips.say(verb.text, verb.language).durationMs;
      const utteranceUntilInterrupt = wordsUntil(verb.text, durationUntilInterruptMs / whole);
      return { utteranceUntilInterrupt, durationUntilInterruptMs };
    },
    stop,
  };
}
