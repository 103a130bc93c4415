import { createTurns } from "../call/running/turns.ts";
import type { AgentId } from "../call/types.ts";
import { AppError } from "../errors.ts";
import type { Presence } from "../presence/presence.ts";

export interface Agent {
  readonly id: AgentId;
  readonly name: string;
}

/** The agents of the settings, plus those that operators added, less those that they removed. */
export interface AgentDirectory {
  /** In the order in which they are rung. */
  list(): readonly Agent[];
  has(id: string): boolean;
  /** Returns the id of a known agent. @throws AppError not-found */
  known(id: string): AgentId;
  /** A removed agent keeps the last name; an unknown id is its own name. */
  nameOf(id: string): string;
  /** @throws AppError conflict when the id is taken, or what saving throws; then nothing changes */
  add(agent: Agent): Promise<void>;
  /** @throws AppError not-found, or what saving throws; then nothing changes */
  remove(id: AgentId): Promise<void>;
}

interface DirectoryDeps {
  presence: Pick<Presence, "add" | "remove">;
  /** Awaited with the new list before a change takes effect. */
  save: (agents: readonly Agent[]) => Promise<void>;
}

function unknown(id: string): AppError {
  return new AppError("not-found", `No agent has the id "${id}".`, {
    hint: "warm-transfer agents list shows all agents.",
    code: "no-such-agent",
  });
}

function taken(id: string): AppError {
  return new AppError("conflict", `An agent already has the id "${id}".`, {
    hint: `Choose another id, or remove that agent: warm-transfer agents remove ${id}`,
    code: "agent-exists",
  });
}

/** Keeps presence in step with the list. Applies one change at a time. */
export function createAgentDirectory(
  initial: readonly Agent[],
  { presence, save }: DirectoryDeps,
): AgentDirectory {
  const inTurn = createTurns();
  let agents = [...initial];
  const names = new Map<string, string>(initial.map(({ id, name }) => [id, name]));
  const has = (id: string): boolean => agents.some((agent) => agent.id === id);
  const known = (id: string): AgentId => {
    if (has(id)) return id as AgentId;
    throw unknown(id);
  };
  return {
    list: () => agents,
    has,
    known,
    nameOf: (id) => names.get(id) ?? id,
    add: (agent) =>
      inTurn("agents", async () => {
        if (has(agent.id)) throw taken(agent.id);
        const more = [...agents, agent];
        await save(more);
        agents = more;
        names.set(agent.id, agent.name);
        presence.add(agent.id);
      }),
    remove: (id) =>
      inTurn("agents", async () => {
        known(id);
        const fewer = agents.filter((agent) => agent.id !== id);
        await save(fewer);
        agents = fewer;
        presence.remove(id);
      }),
  };
}
