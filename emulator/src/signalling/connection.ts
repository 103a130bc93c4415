import { randomBytes } from "node:crypto";
import type { WebSocket } from "ws";
import type { Timer } from "../clock.ts";
import { HEARTBEAT, type ServerMessageType, VERSION } from "./messages.ts";
import type { Session } from "./token.ts";
import type { Trace } from "./trace.ts";

/** One device's socket and what it has said of itself. */
export interface Connection {
  readonly id: string;
  /** Twilio's edge that the SDK meant to reach. */
  readonly edge: string;
  session: Session | null;
  /** Takes the session away when its token expires. */
  expiry: Timer | null;
  /** Set while calls for an identity ring here. */
  registration: { identity: string; remove: () => void } | null;
  send(type: ServerMessageType, payload?: Record<string, unknown>): void;
  close(): void;
}

/** The SDK gives a connection up that has been quiet for 15 s. */
const HEARTBEAT_MS = 10_000;

/** The edge in the host that the shim passes on, such as `voice-js.dublin.twilio.com`. */
export function edgeOf(host: string | null): string {
  const edge = /^voice-js\.([a-z-]+)\.twilio\.com$/.exec(host ?? "")?.[1];
  return edge === undefined || edge === "roaming" ? "ashburn" : edge;
}

/**
 * Sends heartbeats, which the SDK echoes; cuts a socket from which nothing came between two of them. A frozen browser keeps its
 * sockets open.
 */
function keepAlive(socket: WebSocket, everyMs: number): void {
  let wasHeard = true;
  const heartbeat = setInterval(() => {
    if (!wasHeard) return socket.terminate();
    wasHeard = false;
    socket.send(HEARTBEAT);
  }, everyMs).unref();
  socket.on("message", () => (wasHeard = true));
  socket.on("close", () => clearInterval(heartbeat));
}

/** @param lostAfterMs heartbeats are no rarer than this, so that a frozen browser is noticed about as soon as a killed one */
export function createConnection(
  socket: WebSocket,
  edge: string,
  trace: Trace,
  lostAfterMs = Infinity,
): Connection {
  const id = randomBytes(4).toString("hex");
  keepAlive(socket, Math.min(HEARTBEAT_MS, lostAfterMs));
  return {
    id,
    edge,
    session: null,
    expiry: null,
    registration: null,
    send(type, payload = {}) {
      if (socket.readyState !== socket.OPEN) return;
      trace.add({ at: Date.now(), connection: id, direction: "sent", type, payload });
      socket.send(JSON.stringify({ type, version: VERSION, payload }));
    },
    close: () => socket.terminate(),
  };
}
