import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { manualClock } from "../../src/clock.ts";
import { type PhoneServer, createPhoneServer } from "../../src/phone/phone-server.ts";
import type { PhoneNumberState } from "../../src/types.ts";
import { NUMBER, type Switchboard, createSwitchboard } from "./switchboard.ts";

export interface PhoneStage {
  readonly switchboard: Switchboard;
  readonly server: PhoneServer;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Drops every connection, as an emulator does that ends. */
  close(): Promise<void>;
}

interface Options {
  media?: "webrtc" | "none";
  pagesDir?: string;
  port?: number;
}

/** A phone server on a free port, with an engine's stand-in behind it that has one number. */
export async function startPhoneStage({
  media = "none",
  pagesDir,
  port = 0,
}: Options = {}): Promise<PhoneStage> {
  const switchboard = createSwitchboard();
  const number = { phoneNumber: NUMBER, friendlyName: "Service" } as PhoneNumberState;
  const server = createPhoneServer({
    engine: switchboard.engine,
    clock: manualClock(),
    media,
    numbers: () => [number],
    ...(pagesDir !== undefined && { pagesDir }),
  });
  const http = createServer((req, res) => {
    if (!server.handleRequest(req, res)) res.writeHead(404).end();
  });
  http.on("upgrade", (req, socket, head) => server.handleUpgrade(req, socket, head));
  await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
  return {
    switchboard,
    server,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    async close() {
      await server.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
