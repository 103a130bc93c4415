/** Samples a second: a telephone hears no more. */
export const SAMPLE_RATE = 8000;

const BEAT_SECONDS = 0.5;
/** Two bars each of four chords, as semitones above A3, played one note after the other. */
const CHORDS = [
  [3, 7, 10, 15],
  [0, 7, 12, 15],
  [-4, 3, 8, 12],
  [-2, 5, 10, 14],
];
const ORDER = [0, 1, 2, 3, 2, 1, 3, 2];

const hertz = (semitones: number): number => 220 * 2 ** (semitones / 12);

/** One soft note: a sine with a little of its octave, quickly up and slowly down. */
function addNote(samples: Float64Array, start: number, frequency: number): void {
  const length = Math.floor(2 * SAMPLE_RATE);
  for (let i = 0; i < length; i++) {
    const seconds = i / SAMPLE_RATE;
    const loudness = Math.min(1, seconds / 0.02) * Math.exp(-2.2 * seconds);
    const phase = 2 * Math.PI * frequency * seconds;
    // The end rings on into the beginning, so that the loop has no seam.
    const at = (start + i) % samples.length;
    samples[at] = (samples[at] ?? 0) + loudness * (Math.sin(phase) + 0.25 * Math.sin(2 * phase));
  }
}

/** The music that callers hear while they wait: 16 s that can be repeated without a seam. Signed 16-bit samples. */
export function waitingMusic(): Int16Array {
  const notes = CHORDS.flatMap((chord) => ORDER.map((step) => chord[step] ?? 0));
  const beat = BEAT_SECONDS * SAMPLE_RATE;
  const samples = new Float64Array(notes.length * beat);
  notes.forEach((note, index) => addNote(samples, index * beat, hertz(note)));
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
  return Int16Array.from(samples, (sample) => Math.round((sample / peak) * 0.3 * 0x7fff));
}
