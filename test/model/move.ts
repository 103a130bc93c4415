import * as fc from "fast-check";
import type { Stage } from "./stage.ts";

/** What somebody may do, if it is possible just now. The words after the actor and the verb are chosen at random. */
export interface Move<Actor extends string> {
  readonly actors: readonly Actor[];
  /** How often it is chosen, against the others. */
  readonly weight: number;
  /** The kind of run that it belongs to; none: to each. */
  readonly only?: readonly Kind[];
  readonly words?: fc.Arbitrary<string[]>;
  may?(stage: Stage, actor: Actor): boolean;
  make(stage: Stage, actor: Actor, words: string[]): unknown;
}

/** What Twilio does in a run: tells everything at once, tells late, loses callbacks, or fails at requests of ours. */
export type Kind = "prompt" | "late" | "lost" | "failing";

export const word = (...words: string[]): fc.Arbitrary<string> => fc.constantFrom(...words);
export const number = (min: number, max: number): fc.Arbitrary<string> =>
  fc.integer({ min, max }).map(String);
