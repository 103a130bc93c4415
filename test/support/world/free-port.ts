import { createSocket } from "node:dgram";
import { type EventEmitter, once } from "node:events";
import { createServer } from "node:net";

/** Below the ports that Linux (32768 to 60999) and macOS (49152 to 65535) give to port 0 and to outgoing connections. */
const [FIRST, LAST] = [20_000, 32_767];

const listens = (socket: EventEmitter): Promise<boolean> =>
  once(socket, "listening").then(
    () => true,
    () => false,
  );

/** Takes the number from the other test processes: until this one ends, it keeps the UDP port of the same number. */
async function claims(port: number): Promise<boolean> {
  const claim = createSocket("udp4").unref();
  claim.bind(port, "127.0.0.1");
  return listens(claim);
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  if (!(await listens(probe.listen(port, "127.0.0.1")))) return false;
  await once(probe.close(), "close");
  return true;
}

/** A TCP port that is free, and that nobody gets by chance while what listens on it is away. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    if ((await claims(port)) && (await isFree(port))) return port;
  }
}
