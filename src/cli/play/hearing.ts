import type { Party } from "./parties.ts";

/** How loud a listener hears a speaker's tone, in dB of full scale (0 loud, -120 nothing). */
export interface ToneLevel {
  listener: string;
  speaker: string;
  db: number;
}

/** Who should hear whom: both of a pair hear each other, and nobody hears anybody else, nor an echo. */
export type AudiblePairs = readonly (readonly [string, string])[];

/** A tone is spoken at -12 dB; music and the codec's noise stay below -55 dB at these frequencies. Between is neither. */
export const HEARD_DB = -30;
export const NOT_HEARD_DB = -45;

/** What everybody has heard of everybody in the last `windowMs` of real time, themselves included. */
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

/** Everything that was not heard as expected, in words; nothing when all was. */
export function problemsIn(measured: readonly ToneLevel[], expected: AudiblePairs): string[] {
  return measured.map((each) => problemOf(each, expected)).filter((problem) => problem !== undefined);
}
