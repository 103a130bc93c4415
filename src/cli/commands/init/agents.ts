import { AGENT_ID } from "../../../identifiers.ts";
import { AppError } from "../../../errors.ts";
import { agentName } from "../../../wire/agent-name.ts";

export interface Agent {
  id: string;
  name: string;
}

const LONGEST_NAME = 100;

/** An id for a name: `Anna Berg` → anna_berg, `José` → jose; `agent3` for the third one whose name has no such letters. */
export function idOf(name: string, index: number): string {
  const letters = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const id = letters.replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  return id.slice(0, 121) || `agent${index + 1}`;
}

function readAgent(text: string, index: number, words: "ids" | "names"): Agent {
  const [first = "", ...rest] = text.split(":").map((part) => part.trim());
  if (rest.length > 0) return { id: first, name: rest.join(":") || agentName(first) };
  if (words === "ids" && AGENT_ID.test(first)) return { id: first, name: agentName(first) };
  return { id: idOf(first, index), name: first };
}

function mistakeIn(agents: readonly Agent[]): string | undefined {
  if (agents.length === 0) return "At least one agent is needed.";
  const wrong = agents.find(({ id }) => !AGENT_ID.test(id));
  if (wrong) return `"${wrong.id}" cannot be an agent's id: use 1 to 121 letters, digits and underscores.`;
  const long = agents.find(({ name }) => name.length > LONGEST_NAME);
  if (long) return `The name of ${long.id} is longer than ${LONGEST_NAME} characters.`;
  const twice = agents.find(({ id }, index) => agents.findIndex((other) => other.id === id) < index);
  return twice && `Two agents have the id ${twice.id}: write one as another_id:${twice.name}`;
}

/**
 * A list such as `agent1,agent2`, `Anna Berg, Ben` or `anna:Anna Berg,ben`.
 * @param words whether a single word is an id, as on the command line, or a name, as in the prompt
 */
export function readAgents(text: string, words: "ids" | "names"): { agents: Agent[] } | { mistake: string } {
  const parts = text.split(",").map((part) => part.trim());
  const agents = parts.filter(Boolean).map((part, index) => readAgent(part, index, words));
  const mistake = mistakeIn(agents);
  return mistake === undefined ? { agents } : { mistake };
}

/** The inverse of `readAgents` with names. */
export function writeAgents(agents: readonly Agent[]): string {
  return agents.map(({ id, name }, index) => (idOf(name, index) === id ? name : `${id}:${name}`)).join(", ");
}

/** @throws AppError usage */
export function agentsFrom(text: string): Agent[] {
  const read = readAgents(text, "ids");
  if ("agents" in read) return read.agents;
  throw new AppError("usage", read.mistake, {
    hint: "As in: --agents agent1,agent2 or --agents anna:Anna,ben:Ben",
  });
}
