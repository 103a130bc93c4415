import { type RequestListener, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { checkRoundTrip } from "../../../src/cli/service/round-trip.ts";
import type { AppError } from "../../../src/errors.ts";
import { aServer } from "../../server/support/start-server.ts";

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** Something that listens on this machine and is not our server. */
async function something(handle: RequestListener): Promise<string> {
  const server = createServer(handle);
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

const health = (instance: string): string => JSON.stringify({ status: "ok", instance, version: "1" });

describe("a request through the public URL", () => {
  it("comes back to this very server", async () => {
    const server = await aServer();
    await checkRoundTrip(server.localUrl, server, ONCE);
  });

  it("is told from one that another start of the server answers", async () => {
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

  it("passes the page that ngrok shows to browsers", async () => {
    let skipped: unknown;
    const url = await something((request, response) => {
      skipped = request.headers["ngrok-skip-browser-warning"];
      response.end(health(SERVER.instance));
    });
    await checkRoundTrip(url, SERVER, ONCE);
    expect(skipped).toBe("1");
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
  ])("says what came instead: %s", async (what, handle) => {
    const { category, message } = await refusalOf(await something(handle));
    expect(category).toBe("conflict");
    expect(message).toContain(what);
  });

  it("says that nothing listens there", async () => {
    const url = await something(() => undefined);
    closing.splice(0).forEach((close) => close());
    expect(await refusalOf(url)).toMatchObject({
      category: "network",
      message: expect.stringContaining("nothing listens there") as string,
    });
  });

  it("says that the host is not there", async () => {
    expect(await refusalOf("https://nowhere.invalid")).toMatchObject({
      category: "network",
      message: expect.stringContaining("nowhere.invalid cannot be reached") as string,
    });
  });

  it("says that no TLS is spoken there, or that the connection broke", async () => {
    const plain = (await something((_request, response) => response.end())).replace("http:", "https:");
    expect(await refusalOf(plain)).toMatchObject({
      category: "network",
      message: expect.stringContaining("TLS handshake failed") as string,
    });
    const broken = await something((request) => request.socket.destroy());
    expect((await refusalOf(broken)).message).toContain("the connection broke");
  });

  it("does not wait for ever", async () => {
    const url = await something(() => undefined);
    const late = checkRoundTrip(url, SERVER, { ...ONCE, tryMs: 20 });
    await expect(late).rejects.toMatchObject({ category: "timeout" });
  });

  it("is tried again until a tunnel has come up, and no longer than there is patience", async () => {
    let requests = 0;
    const url = await something((_request, response) => {
      requests += 1;
      if (requests < 3) response.writeHead(502).end();
      else response.end(health(SERVER.instance));
    });
    let at = 0;
    const time = { now: () => at, pause: async (ms: number) => void (at += ms) };
    await checkRoundTrip(url, SERVER, { patienceMs: 1000, ...time });
    expect(requests).toBe(3);
    requests = at = 0;
    await expect(checkRoundTrip(url, SERVER, { patienceMs: 900, ...time })).rejects.toThrow("HTTP 502");
    expect(requests).toBe(2);
  });
});
