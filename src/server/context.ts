import type { AgentPresence, Coordinator } from "../call/ports.ts";
import type { AgentId } from "../call/types.ts";
import type { AppError } from "../errors.ts";
import type { SignInLinks } from "./auth/sign-in-links.ts";
import type { NameOf } from "./names.ts";

/** Sessions of signed-in agents. */
export interface Sessions {
  /** Starts one that ends by itself after `ttl` seconds. Resolves with its secret. */
  create(agent: AgentId, ttl: number): Promise<string>;
  /** Whose it is; undefined when it has ended or never was. */
  agentOf(session: string): Promise<AgentId | undefined>;
  end(session: string): Promise<void>;
}

/** Presence with what the pages tell of it. */
export interface Presence extends AgentPresence {
  /** A page is open. Returns the way to close it; an agent without a page can take no call. */
  connect(agent: AgentId): () => void;
  /** Agents with an open page. */
  connected(): readonly AgentId[];
  setReady(agent: AgentId, ready: boolean): void;
}

/** What the routes work with. */
export interface ServerContext {
  coordinator: Coordinator;
  presence: Presence;
  sessions: Sessions;
  links: SignInLinks;
  nameOf: NameOf;
  /** An access token for an agent's browser. */
  accessToken: (agent: AgentId) => { token: string; ttl: number };
  operatorToken: string;
  publicUrl: string;
  /** Origins of our own pages. */
  origins: ReadonlySet<string>;
  /** The local Twilio's origin; null with the real one. */
  localTwilio: string | null;
  /** Folder of the built agent page. */
  pagesDir: string;
  now: () => number;
  onError: (error: AppError) => void;
}
