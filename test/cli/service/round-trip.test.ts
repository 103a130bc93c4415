import { type IncomingMessage, type RequestListener, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { checkRoundTrip } from "../../../src/cli/service/round-trip.ts";
import type { AppError } from "../../../src/errors.ts";
import { type UpgradeListener, passRequests, passStreams } from "../../support/proxy.ts";
import { aServer } from "../../server/support/start-server.ts";

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** Something that listens on this machine and is not our server. */
async function something(handle: RequestListener, upgrade?: UpgradeListener): Promise<string> {
  const server = createServer(handle);
  if (upgrade) server.on("upgrade", upgrade);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const SERVER = { instance: "this-one", port: 3000 };
const ONCE = { patienceMs: 0 };

const refusalOf = (url: string, patienceMs = 0): Promise<AppError> =>
  checkRoundTrip(url, SERVER, { patienceMs }).then(
    () => expect.unreachable("it was taken for this server"),
    (error: unknown) => error as AppError,
  );

describe("a request through the public URL", () => {
  it("reaches this very server", async () => {
    const server = await aServer();
    await checkRoundTrip(server.localUrl, server, ONCE);
  });

  it("notices that another start of the server answers", async () => {
    const [one, other] = [await aServer(), await aServer()];
    const error = await checkRoundTrip(other.localUrl, one, ONCE).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      category: "conflict",
      message: expect.stringMatching(
        /^127\.0\.0\.1:\d+ does not lead to this server: another warm-transfer server answers\.$/,
      ) as string,
      hint: expect.stringContaining(`port ${one.port}`) as string,
    });
  });

  it("skips the page that ngrok shows to browsers", async () => {
    const skipped: unknown[] = [];
    const skip = ({ headers }: IncomingMessage) => skipped.push(headers["ngrok-skip-browser-warning"]);
    const server = await aServer();
    const [pass, passStream] = [passRequests(server.port), passStreams(server.port)];
    const url = await something(
      (request, response) => (skip(request), pass(request, response)),
      (request, ...rest) => (skip(request), passStream(request, ...rest)),
    );
    await checkRoundTrip(url, server, ONCE);
    expect(skipped).toEqual(["1", "1"]);
  });

  it.each<[string, RequestListener]>([
    ["it answers with HTTP 502", (_request, response) => response.writeHead(502).end()],
    ["it answers with HTTP 404", (_request, response) => response.writeHead(404).end()],
    [
      "it sends on to another address",
      (_request, response) => response.writeHead(302, { location: "/" }).end(),
    ],
    ["another program answers", (_request, response) => response.end("<html>welcome</html>")],
    ["another program answers", (_request, response) => response.end(`{"instance":7}`)],
    ["another program answers", (_request, response) => response.end("x".repeat(100_000))],
  ])("reports the wrong answer: %s", async (what, handle) => {
    const { category, message } = await refusalOf(await something(handle));
    expect(category).toBe("conflict");
    expect(message).toContain(what);
  });

  it("reports that the connection was refused", async () => {
    const url = await something(() => undefined);
    closing.splice(0).forEach((close) => close());
    expect(await refusalOf(url)).toMatchObject({
      category: "network",
      message: expect.stringContaining("the connection was refused") as string,
    });
  });

  it("reports that the host does not exist", async () => {
    expect(await refusalOf("https://nowhere.invalid")).toMatchObject({
      category: "network",
      message: expect.stringContaining("nowhere.invalid cannot be reached") as string,
    });
  });

  it("reports that the host has no TLS, or that the connection broke", async () => {
    const plain = (await something((_request, response) => response.end())).replace("http:", "https:");
    expect(await refusalOf(plain)).toMatchObject({
      category: "network",
      message: expect.stringContaining("TLS handshake failed") as string,
    });
    const broken = await something((request) => request.socket.destroy());
    expect((await refusalOf(broken)).message).toContain("the connection broke");
  });

  it("times out", async () => {
    const url = await something(() => undefined);
    const late = checkRoundTrip(url, SERVER, { ...ONCE, tryMs: 20 });
    await expect(late).rejects.toMatchObject({ category: "timeout" });
  });

  it("is repeated until the tunnel is up, for a limited time", async () => {
    let requests = 0;
    const server = await aServer();
    const pass = passRequests(server.port);
    const url = await something((request, response) => {
      requests += 1;
      if (requests < 3) response.writeHead(502).end();
      else pass(request, response);
    }, passStreams(server.port));
    let at = 0;
    const time = { now: () => at, pause: async (ms: number) => void (at += ms) };
    await checkRoundTrip(url, server, { patienceMs: 1000, ...time });
    expect(requests).toBe(3);
    requests = at = 0;
    await expect(checkRoundTrip(url, server, { patienceMs: 900, ...time })).rejects.toThrow("HTTP 502");
    expect(requests).toBe(2);
  });
});

describe("a stream through the public URL", () => {
  /** What the check says of a proxy that passes requests on, and treats streams in its own way. */
  async function verdictOn(streams?: (port: number) => UpgradeListener, tryMs = 2000): Promise<AppError> {
    const server = await aServer();
    const url = await something(passRequests(server.port), streams?.(server.port));
    const { host } = new URL(url);
    const error = await checkRoundTrip(url, server, { patienceMs: 0, tryMs }).then(
      () => expect.unreachable("the proxy was taken for one that passes streams"),
      (thrown: unknown) => thrown as AppError,
    );
    expect(error.message).toMatch(new RegExp(`^${host} passes requests, but no WebSockets: `));
    expect([error.category, error.hint]).toEqual([
      "network",
      expect.stringContaining("Let the proxy pass Upgrade"),
    ]);
    return error;
  }

  it("passes through a proxy that supports streams", async () => {
    const server = await aServer();
    const url = await something(passRequests(server.port), passStreams(server.port));
    await checkRoundTrip(url, server, ONCE);
  });

  it("does not open where a proxy drops the header Upgrade", async () => {
    expect((await verdictOn()).message).toContain("it answers them with HTTP 200");
  });

  it("does not open where a proxy refuses it or cuts the connection", async () => {
    const refuse: UpgradeListener = (_request, socket) => void socket.end("HTTP/1.1 403 No\r\n\r\n");
    expect((await verdictOn(() => refuse)).message).toContain("it answers them with HTTP 403");
    const cut: UpgradeListener = (_request, socket) => void socket.destroy();
    expect((await verdictOn(() => cut)).message).toContain("the connection breaks");
  });

  it("times out where a proxy opens it and holds its messages back", async () => {
    const { message } = await verdictOn((port) => passStreams(port, { holdsBack: true }), 300);
    expect(message).toContain("no message arrives");
  });

  it("times out where a proxy holds everything back", async () => {
    expect((await verdictOn(() => () => undefined, 300)).message).toContain("they do not open");
  });
});
