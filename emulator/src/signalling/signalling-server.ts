import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { Clock } from "../clock.ts";
import type { Engine } from "../engine/engine.ts";
import { type Quirks, defaultQuirks } from "../quirks.ts";
import { createLegMaker } from "../media/leg-maker.ts";
import { endCall } from "./browser-call.ts";
import { type Connection, createConnection, edgeOf } from "./connection.ts";
import { dispatch } from "./dispatch.ts";
import { type SignallingError, signallingErrors } from "./errors.ts";
import { goneAway } from "./gone-away.ts";
import { HEARTBEAT, readMessage } from "./messages.ts";
import type { Signalling } from "./signalling.ts";
import type { TokenIssuers } from "./token.ts";
import { type Trace, type TraceEntry, createTrace } from "./trace.ts";

export interface SignallingContext {
  engine: Engine;
  clock: Clock;
  issuers: TokenIssuers;
  media: "webrtc" | "none";
  quirks?: Pick<Quirks, "lostBrowserAfterMs">;
}

export interface SignallingServer {
  /** The last messages, oldest first, without tokens. */
  readonly trace: readonly TraceEntry[];
  /** Takes a request to upgrade to a WebSocket. */
  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

const LARGEST_FRAME = 256 * 1024;

async function received(
  signalling: Signalling,
  trace: Trace,
  connection: Connection,
  frame: string,
): Promise<void> {
  if (frame === HEARTBEAT) return;
  try {
    const message = readMessage(frame);
    const { type, ...payload } = message;
    trace.add({ at: Date.now(), connection: connection.id, direction: "received", type, payload });
    await dispatch(signalling, connection, message);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    const { code, message } = signallingErrors.malformed;
    connection.send("error", { error: { code, message: `${message}: ${why}` } });
  }
}

const isError = (value: unknown): value is SignallingError =>
  typeof value === "object" && value !== null && "code" in value && "message" in value;

/** Warns about each refusal, because the browser's page may not show it. */
function warnOfRefusal({ warn }: Pick<Engine, "warn">, { direction, type, payload }: TraceEntry): void {
  const { error, callsid } = payload;
  if (direction !== "sent" || !isError(error)) return;
  const callSid = typeof callsid === "string" && callsid.startsWith("CA") ? callsid : null;
  warn({ callSid, code: error.code, message: `A browser was sent "${type}": ${error.message}` });
}

/** The far side of `@twilio/voice-sdk`: registrations and calls of browsers over WebSocket ("pstream" 1.6). */
export function createSignallingServer(context: SignallingContext): SignallingServer {
  const { media, quirks = defaultQuirks, ...rest } = context;
  const signalling: Signalling = {
    ...rest,
    legs: createLegMaker(media),
    calls: new Set(),
    lostAfterMs: quirks.lostBrowserAfterMs,
  };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME });
  const trace = createTrace((entry) => warnOfRefusal(signalling.engine, entry));

  const serve = (socket: WebSocket, edge: string): void => {
    const connection = createConnection(socket, edge, trace, signalling.lostAfterMs);
    let turn = Promise.resolve();
    // One after the other: a `register` waits until the token before it is verified, the close for all that was said.
    socket.on("message", (data: RawData) => {
      const frame = (data as Buffer).toString();
      turn = turn.then(() => received(signalling, trace, connection, frame));
    });
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      turn = turn.then(() => goneAway(signalling, connection));
    });
  };

  return {
    trace: trace.entries,
    handleUpgrade(req, socket, head) {
      const { searchParams } = new URL(req.url ?? "/", "ws://localhost");
      sockets.handleUpgrade(req, socket, head, (ws) =>
        serve(ws, edgeOf(searchParams.get("host") ?? req.headers.host ?? null)),
      );
    },
    async close() {
      for (const call of signalling.calls) endCall(signalling.calls, call, "hangup");
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => sockets.close(resolve));
      await signalling.legs.close();
    },
  };
}
