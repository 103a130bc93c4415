import { maskAddress } from "../../mask.ts";
import type { Sandbox } from "../sandbox/start-sandbox.ts";
import { openPage } from "./page-client.ts";
import { type AgentParty, type Party, TONES } from "./parties.ts";

const CUSTOMER_NUMBER = "+15550100123";
const RINGS_MS = 1000;

const tone = (place: number): number => TONES[place] ?? TONES[0];

export function addCustomer({ emulator }: Sandbox): Party {
  const hz = tone(0);
  const person = emulator.people.add(CUSTOMER_NUMBER, { voice: { kind: "tone", hz } });
  return { id: "customer", name: `the customer (${maskAddress(CUSTOMER_NUMBER)})`, hz, person };
}

/** Agents who answer after a second. Their pages are open and not yet ready. */
export function addAgents({ config, emulator, server }: Sandbox, count: number): Promise<AgentParty[]> {
  const cast = config.agents.slice(0, count).map(async ({ id, name }, index) => {
    const hz = tone(index + 1);
    const person = emulator.people.add(`client:${id}`, {
      voice: { kind: "tone", hz },
      habit: { kind: "answers", afterMs: RINGS_MS },
    });
    return { id, name, hz, person, page: await openPage(await server.signInLink(id), id) };
  });
  return Promise.all(cast);
}
