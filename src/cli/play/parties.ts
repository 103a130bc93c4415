import type { PageClient } from "./page-client.ts";
import type { Player } from "./venue.ts";

/** Every scenario has this many agents, whether both do something or not. */
export const AGENTS = 2;

/** A person in a scenario, identified by a tone. */
export interface Party {
  /** `customer`, `phone`, or an agent's id. */
  readonly id: string;
  readonly name: string;
  readonly hz: number;
  readonly person: Player;
}

/** A scripted browser that takes calls, and a headless page. */
export interface AgentParty extends Party {
  readonly page: PageClient;
}

/**
 * Tones in Hz: the customer's, those of the agents, that of another phone. They are above the waiting music's highest note and no multiples of each other.
 * Multiples of 10 Hz separate exactly over 100 ms.
 */
export const TONES = [1490, 2030, 2690, 3310] as const;
