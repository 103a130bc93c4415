import type { Person } from "../../emulator/people/people.ts";
import type { PageClient } from "./page-client.ts";

/** Somebody in a scenario, known by the tone that they speak. */
export interface Party {
  /** `customer`, or an agent's id. */
  readonly id: string;
  readonly name: string;
  readonly hz: number;
  readonly person: Person;
}

/** An agent: a scripted browser that takes calls, and a client that stands for the page around it. */
export interface AgentParty extends Party {
  readonly page: PageClient;
}

/**
 * Steady tones in Hz, the customer's first: above the waiting music's highest note, no multiples of each other, whole
 * multiples of 10 so that a measurement over 100 ms tells them apart exactly, and far from each other's distortion.
 */
export const TONES = [1490, 2030, 2690] as const;
