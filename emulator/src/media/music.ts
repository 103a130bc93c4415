import { type Note, playNotes } from "./synth.ts";

/** Four bars of eight notes each, as semitones above A3: a broken chord that goes round and comes home. */
const BARS = [
  [0, 7, 12, 16, 19, 16, 12, 7],
  [-3, 4, 9, 12, 16, 12, 9, 4],
  [-7, 0, 5, 9, 12, 9, 5, 0],
  [-5, 2, 7, 11, 14, 11, 7, 2],
] as const;

const A3 = 220;
const EIGHTH_MS = 280;

const pitch = (semitones: number): number => A3 * 2 ** (semitones / 12);

function barNotes(bar: readonly number[], index: number): Note[] {
  const start = index * bar.length * EIGHTH_MS;
  const bass: Note = {
    hz: pitch(bar[0]!),
    fromMs: start,
    lengthMs: bar.length * EIGHTH_MS * 0.95,
    level: 0.1,
  };
  const chord = bar.map((semitones, beat) => ({
    hz: pitch(semitones),
    fromMs: start + beat * EIGHTH_MS,
    lengthMs: EIGHTH_MS * 3,
    level: beat % 4 === 0 ? 0.16 : 0.11,
  }));
  return [bass, ...chord];
}

let music: Int16Array | undefined;

/** Some nine seconds of quiet music that can be repeated: the emulator's hold music. Synthesized once per process. */
export function holdMusic(): Int16Array {
  const durationMs = BARS.length * BARS[0].length * EIGHTH_MS;
  return (music ??= playNotes(BARS.flatMap(barNotes), durationMs));
}
