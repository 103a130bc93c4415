import { assertPublicUrl } from "../config/public-url.ts";
import type { Environment } from "../tunnel/child.ts";
import { openCloudflared } from "../tunnel/cloudflared.ts";
import { givenTunnel } from "../tunnel/given.ts";
import { type NgrokSettings, openNgrok } from "../tunnel/ngrok.ts";
import type { Clock, Tunnel } from "../tunnel/tunnel.ts";
import { createSystemClock } from "./system-clock.ts";

export type { Tunnel } from "../tunnel/tunnel.ts";

/** How the server is reachable from the internet. */
export type TunnelChoice =
  | { kind: "given"; url: string }
  | ({ kind: "ngrok" } & NgrokSettings)
  | { kind: "cloudflared" };

export interface OpenTunnelOptions {
  clock?: Clock;
  /** Time-out of each attempt to open, in milliseconds. */
  deadlineMs?: number | undefined;
  /** PATH (of cloudflared), proxies, … */
  env: Environment;
}

const DEADLINE_MS = 15_000;

/**
 * Opens a tunnel to this machine's `port`, and keeps it open.
 * @throws AppError config, auth, conflict, network, timeout; then nothing runs
 */
export async function openTunnel(
  choice: TunnelChoice,
  port: number,
  { clock = createSystemClock(), deadlineMs = DEADLINE_MS, env }: OpenTunnelOptions,
): Promise<Tunnel> {
  const options = { clock, deadlineMs };
  if (choice.kind === "given") {
    assertPublicUrl(choice.url);
    return givenTunnel(choice.url);
  }
  return choice.kind === "ngrok"
    ? openNgrok(port, choice, env, options)
    : openCloudflared(port, env, options);
}
