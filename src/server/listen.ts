import { type IncomingMessage, type RequestListener, type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { AppError } from "../errors.ts";

const HOST = "127.0.0.1";
/** A request must arrive completely within this time. */
const REQUEST_TIMEOUT_MS = 15_000;

export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

interface Listeners {
  request: RequestListener;
  upgrade: UpgradeListener;
}

/** A listening socket. Requests wait until `handle` is called. */
export interface Listening {
  /** `http://127.0.0.1:PORT` */
  url: string;
  port: number;
  /** Answers the requests that wait, and all later ones. */
  handle(listeners: Listeners): void;
  close(): Promise<void>;
}

function listenError(thrown: NodeJS.ErrnoException, port: number): AppError {
  if (thrown.code === "EADDRINUSE")
    return new AppError("config", `Port ${port} is already in use.`, {
      hint: "Stop the other program or choose another one: --port 0 takes any free port.",
    });
  if (thrown.code === "EACCES")
    return new AppError("config", `Port ${port} may not be used.`, { hint: "Choose one above 1023." });
  return new AppError("internal", thrown.message, { cause: thrown });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Streams have ended by now. A response in progress gets half a second.
    setTimeout(() => server.closeAllConnections(), 500).unref();
  });
}

/**
 * Listens on loopback only; a tunnel or proxy forwards requests from elsewhere.
 * @param port 0 takes any free one
 * @throws AppError config when the port is taken
 */
export async function listen(port: number): Promise<Listening> {
  let pass: (listeners: Listeners) => void = () => undefined;
  const listeners = new Promise<Listeners>((resolve) => (pass = resolve));
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (...asked) => {
    void listeners.then(({ request }) => request(...asked));
  });
  server.on("upgrade", (...asked) => void listeners.then(({ upgrade }) => upgrade(...asked)));
  await new Promise<void>((resolve, reject) => {
    server.once("error", (thrown) => reject(listenError(thrown, port)));
    server.listen(port, HOST, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return { url: `http://${HOST}:${taken}`, port: taken, handle: pass, close: () => close(server) };
}
