import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Clock } from "../clock.ts";
import type { Engine } from "../engine/engine.ts";
import { createLegMaker } from "../media/leg-maker.ts";
import type { PhoneNumberState } from "../types.ts";
import { createOwnNumbers } from "./own-numbers.ts";
import { servePages } from "./pages.ts";
import { type Phone, hangUp } from "./phone.ts";
import { servePhone } from "./phone-socket.ts";
import type { ToPhone } from "./protocol.ts";

export interface PhoneContext {
  engine: Engine;
  clock: Clock;
  media: "webrtc" | "none";
  /** Folder of the built pages. */
  pagesDir?: string;
  numbers: () => readonly PhoneNumberState[];
}

export interface PhoneServer {
  /** Upgrades the request of a phone page to a WebSocket. `?number=` requests a number. */
  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Serves the phone page and the Voice SDK's shim; false when the request is for something else. */
  handleRequest(req: IncomingMessage, res: ServerResponse): boolean;
  close(): Promise<void>;
}

const LARGEST_FRAME = 256 * 1024;

/** Telephones for people: each open page is a phone with a number, which can call and be called. */
export function createPhoneServer(context: PhoneContext): PhoneServer {
  const { engine, media, numbers, pagesDir } = context;
  const legs = createLegMaker(media);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME });
  const ownNumbers = createOwnNumbers(
    (number) => engine.isReachable(number) || numbers().some(({ phoneNumber }) => phoneNumber === number),
  );

  const phones = new Set<Phone>();
  const open = (socket: WebSocket, wanted: string | null): void => {
    const ownNumber = ownNumbers.take(wanted);
    if (ownNumber === undefined) return socket.close(1013, "Too many phone pages are open.");
    const send = (message: ToPhone): void => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    };
    const phone: Phone = { ownNumber, engine, legs, call: null, send };
    phones.add(phone);
    legs.prepare();
    servePhone(socket, phone, () => {
      phones.delete(phone);
      ownNumbers.giveBack(ownNumber);
    });
    send({
      type: "hello",
      ownNumber,
      numbers: numbers().map(({ phoneNumber, friendlyName }) => ({ phoneNumber, friendlyName })),
      hasSound: media === "webrtc",
    });
  };

  return {
    handleUpgrade(req, socket, head) {
      const { searchParams } = new URL(req.url ?? "/", "ws://localhost");
      sockets.handleUpgrade(req, socket, head, (ws) => open(ws, searchParams.get("number")));
    },
    handleRequest: (req, res) => servePages(req, res, pagesDir),
    async close() {
      for (const phone of phones) hangUp(phone);
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => sockets.close(resolve));
      await legs.close();
    },
  };
}
