import type { Party } from "./parties.ts";

/** The level of a speaker's tone, or of music, at a listener, in dBFS (0 loudest, -120 silence). */
export interface ToneLevel {
  listener: string;
  /** `MUSIC`, or whose tone it is. */
  speaker: string;
  db: number;
}

export const MUSIC = "music";

/**
 * The pairs who should hear each other; and, as in `["customer", MUSIC]`, who should hear music. No other pair may hear anything,
 * and no speaker an echo.
 */
export type AudiblePairs = readonly (readonly [string, string])[];

/** Tones play at -12 dB; music and codec noise stay below -55 dB at these frequencies. Levels between the limits fail. */
export const HEARD_DB = -30;
export const NOT_HEARD_DB = -45;

/** Half a note in the octaves of all waiting and hold music. No person's tone is near, nor is the chime of a spoken sentence. */
export const MUSIC_HZ = Array.from({ length: 28 }, (_, semitones) => 220 * 2 ** ((semitones - 10) / 12));

/** Measures every listener and speaker over the last `windowMs` of real time, music and echoes included. */
export function measure(parties: readonly Party[], windowMs: number): ToneLevel[] {
  return parties.flatMap(({ id, person }) => {
    const level = (hz: number): number => Math.round(person.heardDb(hz, windowMs));
    const tones = parties.map((speaker) => ({ listener: id, speaker: speaker.id, db: level(speaker.hz) }));
    return [...tones, { listener: id, speaker: MUSIC, db: Math.max(...MUSIC_HZ.map(level)) }];
  });
}

const shouldHear = ({ listener, speaker }: ToneLevel, expected: AudiblePairs): boolean =>
  expected.some((pair) => listener !== speaker && pair.includes(listener) && pair.includes(speaker));

function problemOf(measured: ToneLevel, expected: AudiblePairs): string | undefined {
  const { listener, speaker, db } = measured;
  const whom = listener === speaker ? "an echo" : speaker;
  if (shouldHear(measured, expected))
    return db >= HEARD_DB ? undefined : `${listener} should hear ${whom}, and measured ${db} dB`;
  return db <= NOT_HEARD_DB ? undefined : `${listener} should not hear ${whom}, and measured ${db} dB`;
}

/** Describes each level that differs from the expectation. */
export function problemsIn(measured: readonly ToneLevel[], expected: AudiblePairs): string[] {
  return measured.map((each) => problemOf(each, expected)).filter((problem) => problem !== undefined);
}
