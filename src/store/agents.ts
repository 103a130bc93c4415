import { createHash, randomBytes } from "node:crypto";
import type { Keyv } from "keyv";
import { createTurns } from "../call/running/timing.ts";
import type { AgentId, Time } from "../call/types.ts";
import { AppError } from "../errors.ts";
import type { Presence } from "../presence/presence.ts";
import { memoryKeyv } from "./call-store.ts";

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
  readonly nameOf: (id: string) => string;
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

export interface SessionStore {
  /** Returns the new session's id: 256 random bits, fit for a cookie. */
  create(agent: AgentId, ttlMs: number): Promise<string>;
  /** A session that is neither unknown, expired nor ended. */
  find(id: string): Promise<Session | undefined>;
  end(id: string): Promise<void>;
  /** Ends every session of an agent and begins the agent's next generation. */
  endAll(agent: AgentId): Promise<void>;
  /** Calls `endAll` for each agent who has ever signed in and is not in `agents`. */
  endOthers(agents: readonly AgentId[]): Promise<void>;
  /**
   * Distinguishes successive holders of one agent id: links and access tokens of an earlier generation are void. Empty for
   * an id that was never removed, else eight hexadecimal digits. Never deleted, unlike sessions.
   */
  readonly generationOf: (agent: AgentId) => Promise<string>;
}

export interface Session {
  agent: AgentId;
  generation: string;
  expiresAt: Time;
}

/** Sessions by the hash of their id; generations by agent. */
export interface SessionKeyvs {
  sessions: Keyv;
  generations: Keyv;
}

// A hash, so that reading the store is not enough to sign in.
const keyOf = (id: string): string => `session:${createHash("sha256").update(id).digest("base64url")}`;

const inMemory = (): SessionKeyvs => ({
  sessions: memoryKeyv("sessions"),
  generations: memoryKeyv("generations"),
});

async function agentsIn({ iterator }: Keyv): Promise<AgentId[]> {
  const agents: AgentId[] = [];
  for await (const [agent] of iterator?.(undefined) ?? []) agents.push(agent as AgentId);
  return agents;
}

/**
 * Each function reads and writes a fixed number of records, regardless of the number of sessions. `endOthers` reads one per
 * agent.
 *
 * @param keyvs made with `throwOnErrors`; default: memory
 * @param now ms since 1970
 */
export function createSessionStore(
  { sessions, generations }: SessionKeyvs = inMemory(),
  now: () => Time = Date.now,
): SessionStore {
  const inTurn = createTurns();
  const generationOf = async (agent: AgentId): Promise<string> =>
    (await generations.get<string>(agent)) ?? "";
  const endAll = (agent: AgentId): Promise<void> =>
    inTurn(agent, async () => void (await generations.set(agent, randomBytes(4).toString("hex"))));
  return {
    create: (agent, ttlMs) =>
      inTurn(agent, async () => {
        const id = randomBytes(32).toString("base64url");
        const known = await generations.get<string>(agent);
        if (known === undefined) await generations.set(agent, "");
        const session: Session = { agent, generation: known ?? "", expiresAt: now() + ttlMs };
        await sessions.set(keyOf(id), session, ttlMs);
        return id;
      }),
    async find(id) {
      const session = await sessions.get<Session>(keyOf(id));
      if (!session || session.expiresAt <= now()) return undefined;
      return session.generation === (await generationOf(session.agent)) ? session : undefined;
    },
    async end(id) {
      await sessions.delete(keyOf(id));
    },
    endAll,
    async endOthers(agents) {
      const gone = (await agentsIn(generations)).filter((agent) => !agents.includes(agent));
      for (const agent of gone) await endAll(agent);
    },
    generationOf,
  };
}
