import { forward } from "@ngrok/ngrok";
import type { Order, Report } from "./messages.ts";

type NgrokOrder = Extract<Order, { kind: "ngrok" }>;

/**
 * Opens an ngrok endpoint. The SDK reconnects by itself and keeps the address; `end` is called when it gives up.
 * @returns what ends it
 */
export async function runNgrok(
  { port, authtoken, domain, serverAddr }: NgrokOrder,
  report: (message: Report) => void,
  end: () => void,
): Promise<() => Promise<void>> {
  let isOpen = false;
  const listen = async (): Promise<void> => {
    const listener = await forward({
      addr: `127.0.0.1:${port}`,
      authtoken,
      ...(domain === null ? {} : { domain }),
      ...(serverAddr === null ? {} : { server_addr: serverAddr }),
      onStatusChange: (status) => isOpen && report({ kind: status === "connected" ? "back" : "away" }),
    });
    isOpen = true;
    report({ kind: "open", url: listener.url() ?? "" });
    await listener.join();
  };
  void listen()
    .catch((error: unknown) => report({ kind: "failed", message: String(error) }))
    .finally(() => isOpen && end());
  // Nothing to wait for: ngrok's service notices that the connection is closed with the process.
  return async () => undefined;
}
