import process from "node:process";
import { runCloudflared } from "./cloudflared.ts";
import type { Order, Report } from "./messages.ts";

const report = (message: Report): void => void process.send?.(message);
const end = (): void => void process.kill(process.pid, "SIGKILL");

async function run(order: Order): Promise<() => Promise<void>> {
  if (order.kind === "cloudflared") return runCloudflared(order, report, end);
  // Its SDK may not be installed.
  const { runNgrok } = await import("./ngrok.ts");
  return runNgrok(order, report, end);
}

// The channel closes when the parent ends, even after kill -9: then the tunnel closes, too.
process.once("message", (order: Order) => {
  const stop = run(order);
  process.once("disconnect", () => void stop.then((close) => close()).finally(end));
});
