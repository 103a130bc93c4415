import { createHash, randomBytes } from "node:crypto";
import type { Keyv } from "keyv";
import type { AgentId, Time } from "../call/types.ts";
import { createTurns } from "../call/turns.ts";
import { memoryKeyv } from "./memory-keyv.ts";

/** Signed-in agents' sessions, by opaque random ids. */
export interface SessionStore {
  /** Returns the new session's id: 256 random bits, fit for a cookie. */
  create(agent: AgentId, ttlMs: number): Promise<string>;
  /** The agent of a session that is neither unknown, expired nor ended. */
  find(id: string): Promise<AgentId | undefined>;
  end(id: string): Promise<void>;
  /** Signs an agent out everywhere, and remembers that for `rememberMs`. */
  endAll(agent: AgentId, rememberMs: number): Promise<void>;
  /** When an agent was last signed out everywhere, as far as it is remembered. */
  endedAt(agent: AgentId): Promise<Time | undefined>;
}

interface Session {
  agent: AgentId;
  expiresAt: Time;
}

// Stored by its hash: who reads the store cannot sign in with what is there.
const keyOf = (id: string): string => `session:${createHash("sha256").update(id).digest("base64url")}`;
const listOf = (agent: AgentId): string => `agent:${agent}`;
const endOf = (agent: AgentId): string => `ended:${agent}`;

/**
 * @param keyv made with `throwOnErrors`; default: memory
 * @param now ms since 1970
 */
export function createSessionStore(
  keyv: Keyv = memoryKeyv("sessions"),
  now: () => Time = Date.now,
): SessionStore {
  const inTurn = createTurns();
  const find = async (key: string): Promise<AgentId | undefined> => {
    const session = await keyv.get<Session>(key);
    return session && session.expiresAt > now() ? session.agent : undefined;
  };
  const live = async (agent: AgentId): Promise<string[]> => {
    const keys = (await keyv.get<string[]>(listOf(agent))) ?? [];
    const agents = await Promise.all(keys.map(find));
    return keys.filter((_, index) => agents[index] !== undefined);
  };
  return {
    async create(agent, ttlMs) {
      const id = randomBytes(32).toString("base64url");
      await inTurn(agent, async () => {
        await keyv.set(keyOf(id), { agent, expiresAt: now() + ttlMs } satisfies Session, ttlMs);
        await keyv.set(listOf(agent), [...(await live(agent)), keyOf(id)]);
      });
      return id;
    },
    find: (id) => find(keyOf(id)),
    async end(id) {
      await keyv.delete(keyOf(id));
    },
    endAll: (agent, rememberMs) =>
      inTurn(agent, async () => {
        await keyv.set(endOf(agent), now(), rememberMs);
        for (const key of await live(agent)) await keyv.delete(key);
        await keyv.delete(listOf(agent));
      }),
    endedAt: (agent) => keyv.get<Time>(endOf(agent)),
  };
}
