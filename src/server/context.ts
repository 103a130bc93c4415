import type { Clock, Coordinator } from "../call/ports.ts";
import type { AgentId, CallRecord, Time } from "../call/types.ts";
import type { AppError } from "../errors.ts";
import type { SignInLinks } from "./auth/sign-in-links.ts";
import type { AgentDirectory } from "../store/agents.ts";
import type { Presence } from "../presence/presence.ts";
import type { SessionStore } from "../store/sessions.ts";
import type { NameOf } from "./names.ts";
import type { Ops } from "./ops/ops.ts";
import type { SignatureWatch } from "./webhooks/refused-signatures.ts";

/** What the routes work with. */
export interface ServerContext {
  coordinator: Coordinator;
  /** Records of calls that ended at that time or later, the newest first. */
  endedCalls: (since: Time) => Promise<CallRecord[]>;
  /** Resolves with why records cannot be saved now; with undefined when they can. */
  probeStore: () => Promise<AppError | undefined>;
  presence: Presence;
  agents: AgentDirectory;
  sessions: SessionStore;
  links: SignInLinks;
  nameOf: NameOf;
  /** An access token for an agent's browser. */
  accessToken: (agent: AgentId) => Promise<{ token: string; ttl: number; edge: string | null }>;
  operatorToken: string;
  /** Addresses, networks and `loopback`; empty: no X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  /** Where Twilio and the agents reach this server now. */
  publicUrl: () => string;
  /** True for the origins of our own pages. */
  isOwnOrigin: (origin: string) => boolean;
  /** True for a Host header that means this machine. */
  isLocalHost: (host: string) => boolean;
  /** False as long as Twilio has no way to this server. */
  isReachable: () => boolean;
  /** E.164: the number that customers ring. */
  number: string;
  /** The local Twilio's origin; null with the real one. */
  localTwilio: string | null;
  /** Folder of the built agent page. */
  pagesDir: string;
  /** New with each start of a server. */
  instance: string;
  startedAt: number;
  /** False when new customers are turned away. */
  acceptsCalls: () => boolean;
  metrics: Ops["metrics"];
  /** Whether the auth token seems to have been rotated. */
  signatures: SignatureWatch;
  now: () => number;
  clock: Pick<Clock, "date" | "after">;
  onError: (error: AppError) => void;
}
