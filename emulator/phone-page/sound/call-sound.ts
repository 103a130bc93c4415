import type { CallState } from "../state.ts";
import { createLevelMeter } from "./level-meter.ts";
import { type Tones, createTones } from "./tones.ts";

/** What a call sounds like in this page, and the bars that show it. */
export interface CallSound {
  said(microphone: MediaStream): void;
  heard(farEnd: MediaStream): void;
  key(digit: string): void;
  /** Rings, or falls silent, as the call's state wants. */
  follow(state: CallState): void;
}

/** One audio context for the page, made at the first click: browsers refuse it before. */
function lateContext(): () => AudioContext {
  let context: AudioContext | undefined;
  return () => (context ??= new AudioContext());
}

function toneOf(tones: Tones, state: CallState): void {
  tones.stop();
  if (state === "ringing") tones.ringBack();
  // Without a click on the page before, the browser would refuse the bell and say so in its console.
  if (state === "incoming" && navigator.userActivation.hasBeenActive) tones.bell();
}

export function createCallSound(
  bars: { said: HTMLElement; heard: HTMLElement },
  player: HTMLAudioElement,
): CallSound {
  const context = lateContext();
  const tones = createTones(context);
  const said = createLevelMeter(bars.said, context);
  const heard = createLevelMeter(bars.heard, context);
  let last: CallState = "idle";
  return {
    said: (stream) => said.watch(stream),
    heard(stream) {
      player.srcObject = stream;
      heard.watch(stream);
    },
    key: (digit) => tones.key(digit),
    follow(state) {
      if (state === last) return;
      last = state;
      toneOf(tones, state);
      if (state !== "idle") return;
      said.stop();
      heard.stop();
      player.srcObject = null;
    },
  };
}
