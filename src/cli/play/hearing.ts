import type { Party } from "./parties.ts";

/** The level of a speaker's tone at a listener, in dBFS (0 loudest, -120 silence). */
export interface ToneLevel {
  listener: string;
  speaker: string;
  db: number;
}

/** The pairs who should hear each other. No other pair may hear anything, and no speaker an echo. */
export type AudiblePairs = readonly (readonly [string, string])[];

/** Tones play at -12 dB; music and codec noise stay below -55 dB at these frequencies. Levels between the limits fail. */
export const HEARD_DB = -30;
export const NOT_HEARD_DB = -45;

/** Measures every listener and speaker over the last `windowMs` of real time, echoes included. */
export function measure(parties: readonly Party[], windowMs: number): ToneLevel[] {
  return parties.flatMap((listener) =>
    parties.map((speaker) => ({
      listener: listener.id,
      speaker: speaker.id,
      db: Math.round(listener.person.heardDb(speaker.hz, windowMs)),
    })),
  );
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
