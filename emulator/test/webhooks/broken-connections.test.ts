import { type Server, type Socket, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import type { Delivery } from "../../src/webhooks/delivery.ts";
import { createWebhooks } from "../../src/webhooks/webhooks.ts";

/** A port that does this with everybody who connects. */
async function listen(meet: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    meet(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function request(url: string) {
  const deliveries: Delivery[] = [];
  const webhooks = createWebhooks({
    authToken: "12345",
    deliveries,
    emulator: () => "http://127.0.0.1:1",
  });
  const nobody = { callSid: null, conferenceSid: null, cookies: null };
  const reply = await webhooks.request({ kind: "voice", url, method: "POST", params: {}, ...nobody });
  return { code: reply.ok ? null : reply.failure.code, attempts: deliveries[0]?.attempts, reply };
}

it("a server that never finishes the handshake gets one retry, and the code is 11205", async () => {
  const port = await listen(() => {});
  expect(await request(`https://127.0.0.1:${port}/voice#ct=100`)).toMatchObject({ code: 11205, attempts: 2 });
});

it("a server without TLS at an https address causes 11220", async () => {
  const port = await listen((socket) =>
    socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
  );
  expect(await request(`https://127.0.0.1:${port}/voice#rc=0`)).toMatchObject({ code: 11220, attempts: 1 });
});

it("a server that does not speak HTTP causes 11206 without a retry", async () => {
  const port = await listen((socket) => socket.once("data", () => socket.end("220 mail.example ready\r\n")));
  expect(await request(`http://127.0.0.1:${port}/voice`)).toMatchObject({ code: 11206, attempts: 1 });
});

it("a server that closes in the middle of an answer causes 11206 without a retry", async () => {
  const head = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 500\r\n\r\n<Response>";
  const port = await listen((socket) =>
    socket.once("data", () => socket.write(head, () => socket.destroy())),
  );
  expect(await request(`http://127.0.0.1:${port}/voice#rp=all`)).toMatchObject({ code: 11206, attempts: 1 });
});
