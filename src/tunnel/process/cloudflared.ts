import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Order, Report } from "./messages.ts";

/** Time to disconnect from Cloudflare. */
const GRACE_MS = 500;

// Error lines contain the address of the service that assigns addresses.
const ADDRESS = /https:\/\/(?!api\.)[a-z0-9-]+\.trycloudflare\.com/;

/**
 * Opens a quick tunnel, which needs no account: cloudflared prints its address to stderr
 * (developers.cloudflare.com/cloudflare-one/connections/connect-networks/do-more-with-tunnels/trycloudflare).
 * @returns a function that closes it
 */
export async function runCloudflared(
  { port }: Extract<Order, { kind: "cloudflared" }>,
  report: (message: Report) => void,
  end: () => void,
): Promise<() => Promise<void>> {
  const args = ["tunnel", "--no-autoupdate", "--url", `http://127.0.0.1:${port}`];
  const child = spawn("cloudflared", args, { stdio: ["ignore", "ignore", "pipe"] });
  let last = "it printed nothing";
  let isOpen = false;
  createInterface(child.stderr).on("line", (line) => {
    const url = isOpen ? undefined : ADDRESS.exec(line)?.[0];
    if (url !== undefined) report({ kind: "open", url });
    isOpen ||= url !== undefined;
    if (line.trim() !== "") last = line.trim();
  });
  child.on("error", (error) => report({ kind: "failed", message: String(error) }));
  const closed = new Promise<void>((resolve) => {
    child.on("close", () => resolve());
  });
  void closed.then(() => (isOpen ? end() : report({ kind: "failed", message: last })));
  return async () => {
    child.kill();
    setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    await closed;
  };
}
