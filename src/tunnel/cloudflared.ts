import { AppError } from "../errors.ts";
import { type Environment, startChild } from "./child.ts";
import { keepOpen } from "./keep-open.ts";
import type { Tunnel, TunnelOptions } from "./tunnel.ts";

const DOCS =
  "https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/do-more-with-tunnels/trycloudflare/";

/** By cloudflared's last line. */
function explainCloudflared(message: string): AppError {
  if (message.includes("ENOENT"))
    return new AppError("config", "cloudflared is not installed, or not on the PATH.", {
      hint: "Install cloudflared, use --tunnel ngrok, or pass your own --public-url.",
      docs: DOCS,
    });
  if (/\b(429|1015)\b/.test(message))
    return new AppError("network", "Cloudflare refuses more quick tunnels to this network for now.", {
      hint: "Wait a few minutes, use --tunnel ngrok, or pass your own --public-url.",
    });
  return new AppError("network", `cloudflared could not open a tunnel: ${message}`, {
    hint: "Check this machine's network. Test it alone: cloudflared tunnel --url http://127.0.0.1:3000",
  });
}

/**
 * Opens a quick tunnel with the cloudflared on the PATH. Its address changes each time.
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
