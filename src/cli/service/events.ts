import type { ServerDeps } from "../../compose/server.ts";
import type { AppError } from "../../errors.ts";
import type { Environment } from "../terminal/colour.ts";
import type { Shutdown } from "../terminal/interrupts.ts";

/**
 * Steps of a service. `at`: ms since 1970; `ms`: how long the step took. `skewMs`: how far this machine's clock is ahead of
 * Twilio's; negative: behind.
 */
export type ServiceEvent =
  | { event: "server-started"; at: number; ms: number; url: string }
  | { event: "tunnel-opened"; at: number; ms: number; url: string; kind: "given" | "ngrok" | "cloudflared" }
  | { event: "round-trip"; at: number; ms: number; url: string }
  | { event: "number-pointed"; at: number; ms: number; before: string; after: string }
  | { event: "clock-skewed"; at: number; skewMs: number }
  | { event: "tunnel-changed"; at: number; url: string }
  | { event: "number-restored"; at: number; voiceUrl: string };

/** A change of a number's voice URL. */
export interface Proposal {
  number: string;
  before: string;
  after: string;
}

export interface ServiceDeps {
  /** Called after each step. */
  onEvent: (event: ServiceEvent) => void;
  /** Called with the name of a slow step. */
  onWait: (words: string) => void;
  /** Called with failures while the service runs or ends. */
  onError: (error: AppError) => void;
  /** Confirms a change of a number that points elsewhere. */
  confirmPointing: (proposal: Proposal) => Promise<boolean>;
  /** Saves the agents when an operator changes them. */
  saveAgents: (agents: readonly { id: string; name: string }[]) => Promise<void>;
  /** As in `ServerDeps`. */
  stores?: ServerDeps["stores"];
  /** Aborted by Ctrl-C, also during the start. */
  interrupted: AbortSignal;
  shutdown: Shutdown;
  env: Environment;
}
