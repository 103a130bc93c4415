import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { openPage, signIn } from "../support/browser.ts";
import { OPERATOR, type TestServer, aServer } from "../support/start-server.ts";
import { handshake, tryStream } from "../support/sockets.ts";

const token = { authorization: `Bearer ${OPERATOR}` };

/** What comes back for bytes that are written, until the connection closes. */
async function answerTo(server: TestServer, bytes: string): Promise<string> {
  const socket = connect(server.port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  socket.write(bytes);
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  return text;
}

describe("access to streams", () => {
  it("of an agent requires that agent's session", async () => {
    const server = await aServer();
    const { cookie } = await signIn(server, "agent1");
    const url = `${server.url}/api/events?agent=agent1`;
    expect(await tryStream(url)).toEqual([401, "not-signed-in"]);
    expect(await tryStream(url, { cookie: "session-agent1=guess" })).toEqual([401, "not-signed-in"]);
    expect(await tryStream(url.replace("agent1", "agent2"), { cookie })).toEqual([401, "not-signed-in"]);
    expect(await tryStream(url, token)).toEqual([403, "forbidden"]);
    expect(await tryStream(url, { cookie })).toEqual([101]);
  });

  it("of all calls requires the operator's token", async () => {
    const server = await aServer();
    const { cookie } = await signIn(server, "agent1");
    const url = `${server.url}/api/watch`;
    expect(await tryStream(url)).toEqual([401, "not-signed-in"]);
    expect(await tryStream(url, { authorization: "Bearer guess" })).toEqual([401, "wrong-token"]);
    expect(await tryStream(url, { cookie })).toEqual([403, "forbidden"]);
    expect(await tryStream(url, token)).toEqual([101]);
  });

  it.each(["https://evil.example.com", "null", "http://127.0.0.1:1"])(
    "is refused to pages of other sites, although the browser sends the cookie: %s",
    async (origin) => {
      const server = await aServer();
      const { cookie } = await signIn(server, "agent1");
      const url = `${server.url}/api/events?agent=agent1`;
      expect(await tryStream(url, { cookie, origin })).toEqual([403, "forbidden"]);
      expect(await tryStream(`${server.url}/api/watch`, { ...token, origin })).toEqual([403, "forbidden"]);
      expect(await tryStream(`${server.url}/healthz`, { origin })).toEqual([403, "forbidden"]);
      expect(await tryStream(url, { cookie, origin: server.url })).toEqual([101]);
    },
  );

  it("is refused to an address after 20 wrong tokens; 50 right ones do not count", async () => {
    const server = await aServer();
    const url = `${server.url}/api/watch`;
    const from = { "x-forwarded-for": "203.0.113.1" };
    for (let i = 0; i < 50; i++) expect(await tryStream(url, { ...token, ...from })).toEqual([101]);
    for (let i = 0; i < 20; i++)
      expect(await tryStream(url, { authorization: "Bearer guess", ...from })).toEqual([401, "wrong-token"]);
    expect(await tryStream(url, { ...token, ...from })).toEqual([429, "too-many-tries"]);
    expect(await tryStream(url, token)).toEqual([101]);
  });

  it("is refused to clients of another version", async () => {
    const server = await aServer();
    const old = { ...token, "warm-transfer-api": "999" };
    expect(await tryStream(`${server.url}/api/watch`, old)).toEqual([409, "wrong-version"]);
  });
});

describe("streams of one session", () => {
  it("are limited to 20; closing one allows another", async () => {
    const server = await aServer();
    const browser = await signIn(server, "agent1");
    const { cookie } = browser;
    const url = `${server.url}/api/events?agent=agent1`;
    const page = await openPage(browser);
    for (let i = 1; i < 20; i++) expect(await tryStream(url, { cookie })).toEqual([101]);
    expect(await tryStream(url, { cookie })).toEqual([429, "too-many-streams"]);
    const other = await signIn(server, "agent1");
    expect(await tryStream(url, { cookie: other.cookie })).toEqual([101]);
    page.close();
    await expect.poll(() => tryStream(url, { cookie })).toEqual([101]);
  });

  it("of one agent in all browsers are 60 at most", async () => {
    const server = await aServer();
    const url = `${server.url}/api/events?agent=agent1`;
    const cookies = [];
    for (let i = 0; i < 4; i++) cookies.push((await signIn(server, "agent1")).cookie);
    for (let i = 0; i < 60; i++)
      expect(await tryStream(url, { cookie: cookies[Math.floor(i / 20)] ?? "" })).toEqual([101]);
    expect(await tryStream(url, { cookie: cookies[3] ?? "" })).toEqual([429, "too-many-streams"]);
    const { cookie } = await signIn(server, "agent2");
    expect(await tryStream(url.replace("agent1", "agent2"), { cookie })).toEqual([101]);
  });
});

describe("a request that opens no stream", () => {
  it("is refused at a stream's address", async () => {
    const server = await aServer();
    const answer = await fetch(`${server.url}/api/watch`, { headers: token });
    expect([answer.status, answer.headers.get("upgrade")]).toEqual([426, "websocket"]);
    expect(await answer.json()).toMatchObject({
      error: { code: "upgrade-required", hint: expect.stringContaining("proxy") as string },
    });
  });

  it("gets the usual answer when it asks for another protocol, or for a WebSocket elsewhere", async () => {
    const server = await aServer();
    const h2c = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
    expect(await answerTo(server, h2c)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*"status":"ok"/);
    expect(await answerTo(server, handshake("/readyz", {}))).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(await answerTo(server, handshake("/nothing", {}))).toMatch(/^HTTP\/1\.1 404 /);
  });

  it("is refused if it has a body, which Node does not read", async () => {
    const server = await aServer();
    const body =
      "POST /sign-out HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 2\r\n\r\n{}";
    expect(await answerTo(server, body)).toMatch(/^HTTP\/1\.1 400 [^]*"category":"usage"/);
  });
});

describe("an open stream", () => {
  it("is closed as going away when the server stops", async () => {
    const server = await aServer();
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/api/watch`, { headers: token });
    await once(socket, "open");
    const closed = once(socket, "close");
    await server.close();
    expect((await closed)[0]).toBe(1001);
  });

  it("does not keep the server from stopping when its client no longer answers", async () => {
    const server = await aServer();
    const socket = connect(server.port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.write(handshake("/api/watch", token));
    await once(socket, "data");
    socket.pause();
    await server.close();
  });

  it("is closed after a message that is too long", async () => {
    const server = await aServer();
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/api/watch`, { headers: token });
    await once(socket, "open");
    socket.send(JSON.stringify({ event: "x".repeat(5000) }));
    expect((await once(socket, "close"))[0]).toBe(1009);
  });
});
