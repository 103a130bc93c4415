import { Router } from "express";

/** Samples a second: a telephone hears no more. */
const SAMPLE_RATE = 8000;

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
function waitingMusic(): Int16Array {
  const notes = CHORDS.flatMap((chord) => ORDER.map((step) => chord[step] ?? 0));
  const beat = BEAT_SECONDS * SAMPLE_RATE;
  const samples = new Float64Array(notes.length * beat);
  notes.forEach((note, index) => addNote(samples, index * beat, hertz(note)));
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
  return new Int16Array(samples.map((sample) => Math.round((sample / peak) * 0.3 * 0x7fff)));
}

/** Wraps mono 16-bit samples into a WAV file. */
function wav(samples: Int16Array, sampleRate: number): Buffer {
  const data = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, index) => data.writeInt16LE(sample, index * 2));
  const header = Buffer.alloc(44);
  header.write("RIFF", 0, "ascii");
  header.writeUInt32LE(36 + data.length, 4);
  header.write("WAVEfmt ", 8, "ascii");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36, "ascii");
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

/** Made at the first request in this process. */
let waiting: Buffer | undefined;

/** The sounds that Twilio plays. Not secret and not signed. */
export function soundRoutes(): Router {
  const router = Router();
  router.get("/sounds/waiting.wav", (_request, response) => {
    waiting ??= wav(waitingMusic(), SAMPLE_RATE);
    response.type("audio/wav").setHeader("Cache-Control", "public, max-age=86400");
    response.send(waiting);
  });
  return router;
}
