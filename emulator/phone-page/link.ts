import type { FromPhone, ToPhone } from "../src/phone/protocol.ts";

/** The page's connection to the emulator; it comes back by itself. */
export interface Link {
  send(message: FromPhone): void;
}

export interface LinkListener {
  received(message: ToPhone): void;
  lost(): void;
}

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 5000;

/** @param address of the WebSocket, beginning with `ws:` or `wss:` */
export function openLink(address: string, listener: LinkListener): Link {
  let socket: WebSocket;
  let retryMs = FIRST_RETRY_MS;
  const connect = (): void => {
    socket = new WebSocket(address);
    socket.addEventListener("message", ({ data }) => {
      retryMs = FIRST_RETRY_MS;
      listener.received(JSON.parse(String(data)) as ToPhone);
    });
    socket.addEventListener("close", () => {
      listener.lost();
      setTimeout(connect, retryMs);
      retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
    });
  };
  connect();
  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
  };
}
