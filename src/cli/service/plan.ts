import type { TunnelChoice } from "../../compose/tunnel.ts";
import type { Config } from "../../config/config.ts";

/**
 * Everything in which `start` and `sandbox` differ.
 */
export interface ServicePlan {
  config: Config;
  /** How Twilio reaches the server. Null: Twilio is on this machine. */
  tunnel: TunnelChoice | null;
  /** Also changes a number that has an application or a trunk. */
  takeOver: boolean;
  /** For the tunnel, the public URL and each request to Twilio, in milliseconds. Undefined: their defaults. */
  timeoutMs?: number | undefined;
  /** Holds the number's backup and the run file, which must survive a crash. Null: none. */
  dir: string | null;
  /** Null: no log. `reopens`: SIGHUP reopens the file after a rotation. */
  log: "stderr" | { file: string; reopens?: boolean } | null;
}
