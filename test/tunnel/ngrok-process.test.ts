import { type Socket, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type TunnelChoice, openTunnel } from "../../src/compose/tunnel.ts";

const TOKEN = "2tEsTtOkEn_neverShown";

const cleanUp: (() => void)[] = [];
afterEach(() => cleanUp.splice(0).forEach((clean) => clean()));

/** A local port in place of ngrok's service. */
async function aService(answer: (socket: Socket) => void): Promise<{ address: string; close: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    answer(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  cleanUp.push(close);
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

type Change = Partial<Extract<TunnelChoice, { kind: "ngrok" }>>;
const open = (change: Change, deadlineMs = 10_000) =>
  openTunnel({ kind: "ngrok", authtoken: TOKEN, ...change }, 3000, { env: process.env, deadlineMs });

describe("the real SDK of ngrok", () => {
  it("does not start without an authtoken, for which ngrok reports a network error", async () => {
    const service = await aService(() => expect.unreachable("asked"));
    await expect(open({ authtoken: "", serverAddr: service.address })).rejects.toMatchObject({
      category: "config",
      message: "NGROK_AUTHTOKEN is not set.",
      hint: expect.stringContaining("NGROK_AUTHTOKEN"),
    });
  });

  it("is not given an authtoken with a newline in it", async () => {
    await expect(open({ authtoken: `${TOKEN}\n` })).rejects.toMatchObject({ category: "config" });
  });

  it("reports that the network refuses", async () => {
    const service = await aService(() => undefined);
    service.close();
    await expect(open({ serverAddr: service.address })).rejects.toMatchObject({
      category: "network",
      message: "ngrok's service cannot be reached.",
    });
  });

  it("reports the same for a server that is not ngrok", async () => {
    const service = await aService((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await expect(open({ serverAddr: service.address })).rejects.toMatchObject({ category: "network" });
  });

  it("times out on a silent network, and the next one can start", async () => {
    const silent = await aService(() => undefined);
    await expect(open({ serverAddr: silent.address }, 1_000)).rejects.toMatchObject({
      category: "timeout",
      message: "ngrok did not open a tunnel within 1 s.",
    });
    const garbage = await aService((socket) => socket.end("no\r\n"));
    await expect(open({ serverAddr: garbage.address })).rejects.toMatchObject({ category: "network" });
  });
});
