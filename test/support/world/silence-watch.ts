import type { Person } from "local-twilio";
import { isInSilence } from "./silence.ts";
import type { World } from "./start-world.ts";

const STEP_MS = 500;
/** The longest gap that invariant 1 allows. */
const LONGEST_GAP_MS = 2_000;

/** Follows what a customer hears, in steps of half a second of the world's clock. */
export function watchForSilence(world: World, customer: Person) {
  const gaps: number[] = [];
  let gap = 0;
  const look = (): void => {
    gap = isInSilence(world.emulator, customer.callSid ?? "") ? gap + STEP_MS : 0;
    if (gap > LONGEST_GAP_MS) gaps.push(gap);
  };
  return {
    /** Lets time pass; the customer is listened to all the while. */
    during: async (ms: number): Promise<void> => {
      for (let passed = 0; passed < ms; passed += STEP_MS) {
        await world.clock.advance(STEP_MS);
        look();
      }
    },
    /** Every look at a gap that was too long. */
    tooLong: (): readonly number[] => gaps,
  };
}
