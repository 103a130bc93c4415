import { type Session, SessionBuilder } from "@ngrok/ngrok";
import type { Order, Report } from "./messages.ts";

type NgrokOrder = Extract<Order, { kind: "ngrok" }>;
type ToldTo = (message: Report) => void;

/** ngrok may refuse a restored connection a moment later. */
const STEADY_MS = 3000;

/** Reports away and back from the SDK's events, once the tunnel is open. */
function watchConnection(report: ToldTo): { opened(): void; lost(): void; alive(): void } {
  let isOpen = false;
  let isAway = false;
  let steady: NodeJS.Timeout | undefined;
  return {
    opened: () => void (isOpen = true),
    lost() {
      clearTimeout(steady);
      steady = undefined;
      if (isOpen && !isAway) report({ kind: "away" });
      isAway = isOpen;
    },
    alive() {
      if (!isAway) return;
      steady ??= setTimeout(() => {
        isAway = false;
        report({ kind: "back" });
      }, STEADY_MS);
    },
  };
}

function connect(
  { authtoken, serverAddr, serverCa }: NgrokOrder,
  connection: { lost(): void; alive(): void },
): Promise<Session> {
  const builder = new SessionBuilder()
    .authtoken(authtoken)
    .handleHeartbeat(() => connection.alive())
    // Called after each loss and each failed retry; true lets the SDK retry again.
    .handleDisconnection(() => {
      connection.lost();
      return true;
    });
  if (serverAddr !== null) builder.serverAddr(serverAddr);
  if (serverCa !== null) builder.rootCas(serverCa);
  return builder.connect();
}

/**
 * Opens an ngrok endpoint. The SDK restores a lost connection and keeps the address. Calls `end` when someone has closed the
 * endpoint at ngrok.
 * @returns a function that closes it
 */
export async function runNgrok(
  order: NgrokOrder,
  report: ToldTo,
  end: () => void,
): Promise<() => Promise<void>> {
  const connection = watchConnection(report);
  let isOpen = false;
  const open = async (): Promise<void> => {
    const endpoint = (await connect(order, connection)).httpEndpoint();
    if (order.domain !== null) endpoint.domain(order.domain);
    const listener = await endpoint.listenAndForward(`http://127.0.0.1:${order.port}`);
    const url = listener.url();
    if (!url) throw new Error("the endpoint has no address");
    isOpen = true;
    connection.opened();
    report({ kind: "open", url });
    await listener.join();
  };
  void open()
    .catch((error: unknown) => report({ kind: "failed", message: String(error) }))
    .finally(() => isOpen && end());
  // Nothing to wait for: the connection closes with the process.
  return async () => undefined;
}
