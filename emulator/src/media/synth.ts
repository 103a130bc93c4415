import { SAMPLE_RATE } from "./port.ts";

const TAU = 2 * Math.PI;

/** A note that is added to what is there. */
export interface Note {
  hz: number;
  fromMs: number;
  lengthMs: number;
  /** 0 to 1 of full scale. */
  level: number;
}

const samplesIn = (ms: number): number => Math.round((ms * SAMPLE_RATE) / 1000);

/** How loud a struck note is at `share` of its length: a short rise, then a fade to nothing. */
const struck = (share: number): number => Math.min(1, share * 40) * (1 - share) ** 2;

/** A note as a soft bell would sound: the tone and a little of its octave. */
function strike(target: Float32Array, note: Note): void {
  const first = samplesIn(note.fromMs);
  const length = Math.min(samplesIn(note.lengthMs), target.length - first);
  for (let i = 0; i < length; i++) {
    const phase = (TAU * note.hz * i) / SAMPLE_RATE;
    const wave = Math.sin(phase) + 0.25 * Math.sin(2 * phase);
    target[first + i]! += note.level * struck(i / length) * wave;
  }
}

/** 16-bit samples from samples between -1 and 1. */
function toSamples(wave: Float32Array): Int16Array {
  return Int16Array.from(wave, (value) => Math.round(Math.max(-1, Math.min(1, value)) * 32_767));
}

/** Notes played together, `durationMs` long. */
export function playNotes(notes: readonly Note[], durationMs: number): Int16Array {
  const wave = new Float32Array(samplesIn(durationMs));
  for (const note of notes) strike(wave, note);
  return toSamples(wave);
}

/** Steady tones at once, with a rise and a fall of 5 ms so that they do not click. `level` is that of each. */
export function steadyTones(hz: readonly number[], durationMs: number, level: number): Int16Array {
  const wave = new Float32Array(samplesIn(durationMs));
  const ramp = samplesIn(5);
  for (let i = 0; i < wave.length; i++) {
    const edge = Math.min(1, i / ramp, (wave.length - i) / ramp);
    for (const each of hz) wave[i]! += level * edge * Math.sin((TAU * each * i) / SAMPLE_RATE);
  }
  return toSamples(wave);
}
