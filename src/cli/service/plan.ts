import type { TunnelChoice } from "../../compose/tunnel.ts";
import type { Config } from "../../config/config.ts";

/**
 * Everything in which one service differs from another: its settings and its addresses. The sandbox's are those of a local
 * Twilio, and nothing else tells it from a real one.
 */
export interface ServicePlan {
  config: Config;
  /** How Twilio reaches the server. Null: it is on this machine and needs no way in. */
  tunnel: TunnelChoice | null;
  /** Also points a number that an application or a trunk answers. */
  takeOver: boolean;
  /** How long the tunnel, the public URL and each request to Twilio may take, in milliseconds. Undefined: what each is given. */
  timeoutMs?: number | undefined;
  /** The folder of what a crash must not take along: where the number pointed before, and which server runs. Null: nothing. */
  dir: string | null;
  /** Where the log goes. Null: nowhere. `reopens`: on SIGHUP, after the file was renamed. */
  log: "stderr" | { file: string; reopens?: boolean } | null;
}
