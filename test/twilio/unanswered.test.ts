import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer as createPlainServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, type Server, createServer as createSocketServer } from "node:net";
import { join } from "node:path";
import { generate } from "selfsigned";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { connectAccount } from "../../src/compose/account.ts";
import { AppError } from "../../src/errors.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { freePort } from "../support/world/free-port.ts";
import { startConnectProxy } from "./support/connect-proxy.ts";

const SECRET = "the-auth-token-of-this-test";
const DAY = 86_400_000;

async function listening(server: Server): Promise<number> {
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A TLS server whose certificate is its own authority's; the client trusts it when `trusted`. */
async function tlsServer({ host = "127.0.0.1", days = 1, trusted = false }): Promise<number> {
  const options = {
    keyType: "ec",
    notBeforeDate: new Date(Date.now() - 10 * DAY),
    notAfterDate: new Date(Date.now() + days * DAY),
    extensions: [
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: host },
          { type: 7, ip: "127.0.0.2" },
        ],
      },
    ],
  } as Parameters<typeof generate>[1];
  const { cert, private: key } = await generate([{ name: "commonName", value: host }], options);
  const bundle = join(temporaryFolder(), "ca.pem");
  writeFileSync(bundle, cert);
  if (trusted) vi.stubEnv("TWILIO_CA_BUNDLE", bundle);
  return listening(createTlsServer({ cert, key }, (_, response) => response.end("{}")));
}

async function failure(apiBaseUrl: string | null, timeoutMs?: number): Promise<AppError> {
  const credentials = { accountSid: `AC${"1".repeat(32)}`, authToken: SECRET, apiBaseUrl, timeoutMs };
  const thrown: unknown = await (await connectAccount(credentials)).check().catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(AppError);
  const error = thrown as AppError;
  const all = JSON.stringify([error, error.message, error.hint, error.cause, error.stack]);
  expect(all).not.toContain(SECRET);
  expect(all).not.toContain(btoa(SECRET).slice(0, 12));
  return error;
}

afterEach(() => vi.unstubAllEnvs());

describe("a request to Twilio that gets no answer of Twilio's", () => {
  it.each([
    ["signed by nobody we trust", {}, "its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)"],
    ["expired", { trusted: true, days: -1 }, "its certificate has expired"],
    ["of another host", { trusted: true, host: "other.example.com" }, "its certificate is for another host"],
  ])("explains a certificate that is %s, and how to trust it", async (_, options, words) => {
    const error = await failure(`https://127.0.0.1:${await tlsServer(options)}`);
    expect(error).toMatchObject({
      category: "network",
      message: expect.stringContaining(words),
      hint: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
    });
  });

  it("names Twilio's host when a proxy of the network puts its own certificate there", async () => {
    const proxy = await startConnectProxy(await tlsServer({ host: "api.twilio.com" }));
    onTestFinished(() => proxy.close());
    vi.stubEnv("HTTP_PROXY", proxy.url);
    expect(await failure(null)).toMatchObject({
      category: "network",
      message: expect.stringContaining(
        "Twilio (api.twilio.com) cannot be reached: its certificate is not trusted",
      ),
      hint: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
    });
    expect(proxy.targets).toEqual(["api.twilio.com:443"]);
  });

  it("names the proxy that HTTP_PROXY sets when the connection was refused", async () => {
    vi.stubEnv("HTTP_PROXY", `http://127.0.0.1:${await freePort()}`);
    expect(await failure(null)).toMatchObject({
      category: "network",
      message: expect.stringContaining("the connection was refused"),
      hint: expect.stringContaining("HTTP_PROXY"),
    });
  });

  it("reports that TLS failed on a port for plain HTTP", async () => {
    const port = await listening(createPlainServer((_, response) => response.end("{}")));
    expect(await failure(`https://127.0.0.1:${port}`)).toMatchObject({
      category: "network",
      message: expect.stringContaining("the TLS handshake failed"),
    });
  });

  it.each([
    ["hangs up", () => createSocketServer((socket) => void socket.destroy()), /the connection broke/],
    [
      "speaks another protocol",
      () => createSocketServer((socket) => void socket.end("220 mail\r\n")),
      /not answer in HTTP/,
    ],
    [
      "redirects to a page for signing in",
      () => createPlainServer((_, response) => void response.writeHead(302, { location: "/login" }).end()),
      /answered with HTTP 302/,
    ],
    [
      "shows a page of its own",
      () => createPlainServer((_, response) => void response.end("<html>Blocked</html>")),
      /answered with HTTP 200 and a page/,
    ],
    [
      "wants a password",
      () => createPlainServer((_, response) => void response.writeHead(407).end("<html>Proxy</html>")),
      /answered with HTTP 407/,
    ],
  ])("reports what came when the other side %s", async (_, server, message) => {
    const error = await failure(`http://127.0.0.1:${await listening(server())}`);
    expect(error).toMatchObject({ category: "network", message: expect.stringMatching(message) });
  });

  it("reports a time-out, and that the request may have succeeded", async () => {
    const server = createSocketServer();
    const port = await listening(server);
    server.on("connection", (socket) => onTestFinished(() => void socket.destroy()));
    expect(await failure(`http://127.0.0.1:${port}`, 50)).toMatchObject({
      category: "timeout",
      message: expect.stringContaining("may have been carried out"),
    });
  });

  it("reports that the local Twilio is not running, and how to start it", async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const error = await failure(url);
    expect(error).toMatchObject({
      category: "network",
      message: `The local Twilio at ${url} cannot be reached: the connection was refused.`,
      hint: expect.stringContaining("warm-transfer emulator"),
    });
    expect(error.hint).not.toContain("internet");
  });
});
