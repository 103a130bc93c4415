import type { TunnelChoice } from "../../compose/tunnel.ts";
import type { Config } from "../../config/config.ts";

/**
 * Everything in which one service differs from another. The sandbox's settings name a local Twilio; nothing else differs.
 */
export interface ServicePlan {
  config: Config;
  /** How Twilio reaches the server. Null: Twilio is on this machine. */
  tunnel: TunnelChoice | null;
  /** Also changes a number that has an application or a trunk. */
  takeOver: boolean;
  /** For the tunnel, the public URL and each request to Twilio, in milliseconds. Undefined: their defaults. */
  timeoutMs?: number | undefined;
  /** The folder of what must survive a crash: the number's backup and the run file. Null: none. */
  dir: string | null;
  /** Where the log goes. Null: nowhere. `reopens`: on SIGHUP, after the file was renamed. */
  log: "stderr" | { file: string; reopens?: boolean } | null;
}
