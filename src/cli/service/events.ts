import type { ServerDeps } from "../../compose/server.ts";
import type { AppError } from "../../errors.ts";
import type { Environment } from "../colour.ts";
import type { Leaving } from "../interrupts.ts";

/** What a service does, with when and (for a step of its start) how long it took, in ms. */
export type ServiceEvent =
  | { event: "server-started"; at: number; ms: number; url: string }
  | { event: "tunnel-opened"; at: number; ms: number; url: string; kind: "given" | "ngrok" | "cloudflared" }
  | { event: "round-trip"; at: number; ms: number; url: string }
  | { event: "number-pointed"; at: number; ms: number; before: string; after: string }
  | { event: "tunnel-changed"; at: number; url: string }
  | { event: "number-restored"; at: number; voiceUrl: string };

/** What a number would do instead of what it does. Both are voice URLs. */
export interface Proposal {
  number: string;
  before: string;
  after: string;
}

/** Who starts a service hears of it and has the last word. */
export interface ServiceDeps {
  /** Told each step as it is done. */
  tell: (event: ServiceEvent) => void;
  /** Told what takes a while. */
  waitFor: (words: string) => void;
  /** Told what goes wrong while the service runs, and when it cannot be undone. */
  onError: (error: AppError) => void;
  /** May the number be taken from where it points now? */
  mayPoint: (proposal: Proposal) => Promise<boolean>;
  /** Keeps the list of agents when an operator changes it. */
  saveAgents: (agents: readonly { id: string; name: string }[]) => Promise<void>;
  /** As in `ServerDeps`. */
  stores?: ServerDeps["stores"];
  /** Aborted when somebody asks to end, also in the middle of the start. */
  asked: AbortSignal;
  leaving: Leaving;
  env: Environment;
}
