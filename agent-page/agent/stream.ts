import { createPulse, type StreamEvent } from "../../src/wire/pulse.ts";

/** How long a stream may take to show something: the handshake and the first view, also on a slow line. */
const PATIENCE_MS = 15_000;

interface ConnectionCallbacks {
  readonly received: (event: StreamEvent) => void;
  /** Called once; nothing is received after it. */
  readonly gone: () => void;
}

/** One connection to the server's events. */
export interface Connection {
  /** False: it is not open. */
  readonly send: (event: StreamEvent) => boolean;
  readonly close: () => void;
  readonly isOver: () => boolean;
}

/** Opens a WebSocket and keeps it alive. A connection that shows nothing in time counts as gone. */
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
    // The browser may take a minute to notice that nobody answers: what it says of this socket then is not read.
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
