import { AppError } from "../errors.ts";
import { type Environment, startChild } from "./child.ts";
import { keepOpen } from "./keep-open.ts";
import type { Tunnel, TunnelOptions } from "./tunnel.ts";

const DOCS =
  "https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/do-more-with-tunnels/trycloudflare/";

/** What cloudflared's last words mean. */
function explainCloudflared(message: string): AppError {
  if (message.includes("ENOENT"))
    return new AppError("config", "cloudflared is not installed, or not on the PATH.", {
      hint: "Install it, or take ngrok, or give an address of your own with --public-url.",
      docs: DOCS,
    });
  if (/\b(429|1015)\b/.test(message))
    return new AppError("network", "Cloudflare gives out no more quick tunnels to this network for now.", {
      hint: "Wait some minutes, or take ngrok, or give an address of your own with --public-url.",
    });
  return new AppError("network", `cloudflared opened no tunnel: ${message}`, {
    hint: "Check this machine's network, and that `cloudflared tunnel --url http://127.0.0.1:3000` works by itself.",
  });
}

/**
 * A quick tunnel of the cloudflared program on the PATH; it gets another address each time that it is opened.
 * @throws AppError config (not installed), network, timeout
 */
export function openCloudflared(port: number, env: Environment, options: TunnelOptions): Promise<Tunnel> {
  return keepOpen(
    {
      name: "cloudflared",
      start: () => startChild({ kind: "cloudflared", port }, env),
      explain: explainCloudflared,
    },
    options,
  );
}
