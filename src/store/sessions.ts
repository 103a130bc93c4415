import { createHash, randomBytes } from "node:crypto";
import type { Keyv } from "keyv";
import type { AgentId, Time } from "../call/types.ts";
import { createTurns } from "../call/running/turns.ts";
import { memoryKeyv } from "./memory-keyv.ts";

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
  generationOf(agent: AgentId): Promise<string>;
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
