import type { Clock, Coordinator } from "../call/ports.ts";
import type { AgentId, CallRecord, Time, TransferMode } from "../call/types.ts";
import type { AppError } from "../errors.ts";
import type { Presence } from "../presence/presence.ts";
import type { AgentDirectory, SessionStore } from "../store/agents.ts";
import type { SignedRequest } from "../twilio/webhooks/form.ts";
import type { Every } from "../wire/stream.ts";
import type { SignInLinks } from "./auth/sign-in-links.ts";
import type { Ops } from "./ops/ops.ts";
import type { NameOf } from "./views/call-view.ts";

/** Webhooks without a valid signature, `lastAt` in ms since 1970. */
interface Suspicion {
  count: number;
  lastAt: number;
}

/** Suspects that the auth token has been rotated at Twilio. */
export interface SignatureWatch {
  accepted(request: SignedRequest): void;
  refused(request: SignedRequest): void;
  /** Null: no suspicion since the last right signature. */
  suspicion(): Suspicion | null;
}

export interface ServerContext {
  coordinator: Coordinator;
  /** Records of calls that ended at `since` or later, newest first. */
  endedCalls: (since: Time) => Promise<CallRecord[]>;
  /** Tests a write. Resolves with the error, if any. */
  probeStore: () => Promise<AppError | undefined>;
  presence: Presence;
  agents: AgentDirectory;
  sessions: SessionStore;
  links: SignInLinks;
  nameOf: NameOf;
  /** An access token for an agent's browser. */
  accessToken: (agent: AgentId) => Promise<{ token: string; ttl: number; edge: string | null }>;
  operatorToken: string;
  /** Addresses, networks and `loopback`. Empty: X-Forwarded-For is ignored. */
  trustedProxies: readonly string[];
  /** A tunnel may change it. */
  publicUrl: () => string;
  /** True for the origins of our own pages. */
  isOwnOrigin: (origin: string) => boolean;
  /** True for a Host header that names this machine. */
  isLocalHost: (host: string) => boolean;
  /** False while no public URL leads to this server. */
  isReachable: () => boolean;
  /** E.164: the number that customers ring. */
  number: string;
  /** The local Twilio's origin; null with the real one. */
  localTwilio: string | null;
  /** Folder of the built agent page. */
  pagesDir: string;
  /** How a transfer brings the target in, unless its request says so. */
  transferMode: TransferMode;
  /** New with each start of a server. */
  instance: string;
  startedAt: number;
  /** False while the server refuses new calls. */
  acceptsCalls: () => boolean;
  metrics: Ops["metrics"];
  /** Detects a rotated auth token. */
  signatures: SignatureWatch;
  now: () => number;
  clock: Pick<Clock, "date" | "after">;
  /** Times the pings of agents' windows. */
  every: Every;
  onError: (error: AppError) => void;
}
