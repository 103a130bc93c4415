import { createSocket } from "node:dgram";

/** A reserved UDP port of 127.0.0.1, which drops all packets until it is used. */
export interface ReservedPort {
  readonly number: number;
  /** Frees the port before it returns. */
  release(): void;
}

/** @throws Error when there is no free port */
export async function reservePort(): Promise<ReservedPort> {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(0, "127.0.0.1", resolve);
  });
  socket.unref();
  let isHeld = true;
  return {
    number: socket.address().port,
    release() {
      // libuv closes the descriptor at once; only the event "close" comes later.
      if (isHeld) socket.close();
      isHeld = false;
    },
  };
}
