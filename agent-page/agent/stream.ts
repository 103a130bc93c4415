import { createPulse, type StreamEvent } from "../../src/wire/stream.ts";

/** Time-out of the handshake and the first view, also on a slow network. */
const PATIENCE_MS = 15_000;

interface ConnectionCallbacks {
  readonly received: (event: StreamEvent) => void;
  /** Called once; nothing is received after it. */
  readonly gone: () => void;
}

/** One connection to the server's events. */
export interface Connection {
  /** Returns false if the socket is not open. */
  readonly send: (event: StreamEvent) => boolean;
  readonly close: () => void;
  readonly isOver: () => boolean;
}

/** Opens a WebSocket and keeps it alive. A connection without a first message in time counts as lost. */
export function connect(path: string, { received, gone }: ConnectionCallbacks): Connection {
  const address = new URL(path, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  const socket = new WebSocket(address);
  let isOver = false;
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(patience);
    pulse.stop();
    // The browser may take a minute to notice a dead peer; later events of this socket are ignored.
    socket.close();
    gone();
  };
  const write = (text: string): boolean => {
    const isOpen = !isOver && socket.readyState === WebSocket.OPEN;
    if (isOpen) socket.send(text);
    return isOpen;
  };
  const pulse = createPulse({ send: write, drop: end });
  const patience = setTimeout(end, PATIENCE_MS);
  socket.addEventListener("message", ({ data }) => {
    if (isOver) return;
    const event = pulse.heard(String(data));
    if (!event) return;
    clearTimeout(patience);
    received(event);
  });
  socket.addEventListener("close", end);
  return { send: (event) => write(JSON.stringify(event)), close: end, isOver: () => isOver };
}
