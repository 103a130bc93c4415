import { AppError } from "../../errors.ts";
import { maskAddress } from "../../mask.ts";
import { openPage } from "./page-client.ts";
import { AGENTS, type AgentParty, type Party, TONES } from "./parties.ts";
import type { Venue } from "./venue.ts";

const NUMBERS = {
  customer: "+15550100123",
  "other customer": "+15550100456",
  phone: "+15550100789",
} as const;
const tone = (place: number): number => TONES[place] ?? TONES[0];

/** A person at a phone: a customer, or a target outside. No scenario has all three. */
export async function addPhone(venue: Venue, id: keyof typeof NUMBERS): Promise<Party> {
  const hz = tone(id === "customer" ? 0 : 3);
  const person = await venue.addPerson(NUMBERS[id], hz);
  return { id, name: `the ${id} (${maskAddress(NUMBERS[id])})`, hz, person };
}

/** Opens the page of an agent, who is not yet ready and answers by hand. @param place in ringing order, from 0 */
export async function addAgent(venue: Venue, place: number): Promise<AgentParty> {
  const agent = venue.agents[place];
  if (!agent) throw new AppError("usage", `A scenario needs ${AGENTS} agents.`);
  const { id, name } = agent;
  const hz = tone(place + 1);
  const person = await venue.addPerson(`client:${id}`, hz);
  return { id, name, hz, person, page: await openPage(await venue.signInLink(id), id) };
}
