import { type IncomingMessage, type RequestListener, createServer } from "node:http";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { API_VERSION, API_VERSION_HEADER } from "../../../src/version.ts";
import { writeRunFile } from "../../../src/store/run-file.ts";
import { freePort } from "../../support/world/free-port.ts";
import { startWorld } from "../../support/world/start-world.ts";
import { aDesk } from "../support/desk.ts";

const TOKEN = "token-of-the-operator-0123456789";

/** A program on loopback; returns its address and the requests that it gets. */
async function listening(answer: RequestListener): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const list = (url: string, ...words: string[]) =>
  aDesk({ url, token: TOKEN }).type("conferences", "list", ...words);

const jsonAnswer =
  (status: number, body: string, version: number | null = API_VERSION): RequestListener =>
  (_request, response) => {
    if (version !== null) response.setHeader(API_VERSION_HEADER, String(version));
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  };

describe("the operator's token", () => {
  it.each([
    ["", "OPERATOR_TOKEN is not set."],
    ["schlüssel-des-betreibers", "OPERATOR_TOKEN contains characters that a token cannot have."],
  ])("%j: exit 2, with a hint that names the setting", async (token, sentence) => {
    const { url, requests } = await listening(jsonAnswer(200, '{"calls":[]}'));
    const { code, stdout, stderr } = await aDesk({ url, token }).type("conferences", "list");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^error: ${sentence}\nhint: .*OPERATOR_TOKEN`));
    expect(requests).toEqual([]);
  });

  it("is read from .env", async () => {
    const world = await startWorld();
    const desk = aDesk();
    writeFileSync(join(desk.cwd, ".env"), `OPERATOR_TOKEN=${world.operatorToken}\n`);
    expect(await desk.type("conferences", "list", "--server", world.server.url)).toMatchObject({ code: 0 });
  });

  it("is wrong: exit 4; is wrong too often: a different message", async () => {
    const { server } = await startWorld();
    const wrong = await list(server.url);
    expect(wrong).toMatchObject({ code: 4, stdout: "" });
    expect(wrong.stderr).toMatch(
      /^error: The server at \S+ rejected the operator token\.\nhint: Set OPERATOR_TOKEN/,
    );
    for (let count = 0; count < 20; count += 1) await list(server.url);
    const often = await list(server.url);
    expect(often).toMatchObject({ code: 4, stdout: "" });
    expect(often.stderr).toMatch(/blocked this address: too many wrong tokens\.\nhint: Wait \d+ s/);
    expect(often.stderr + wrong.stderr).not.toContain(TOKEN);
  });

  it.each([
    [
      "http://calls.example.com",
      "must not travel in the clear to calls.example.com",
      "https://calls.example.com",
    ],
    ["http://127.0.0.1.example.com", "must not travel in the clear", "https://"],
    ["https://calls.example.com/api", "is a host only", "--server https://calls.example.com"],
    ["https://anna@calls.example.com", "is a host only", "--server https://calls.example.com"],
    ["calls.example.com", "is not a server's address", "--server https://"],
    ["ftp://127.0.0.1", "is not a server's address", "--server https://"],
  ])("is not sent to %s: exit 2", async (server, sentence, hint) => {
    const { code, stderr } = await aDesk({ url: server, token: TOKEN }).type("conferences", "list");
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: .*\nhint: /);
    expect(stderr).toContain(sentence);
    expect(stderr).toContain(hint);
  });

  it("is not sent to the target of a redirect: exit 5", async () => {
    const other = await listening(jsonAnswer(200, '{"calls":[]}'));
    const { url } = await listening((_request, response) =>
      response.writeHead(307, { location: `${other.url}/api/calls` }).end(),
    );
    const { code, stderr } = await list(url);
    expect(code).toBe(5);
    expect(stderr).toContain(`redirects to ${other.url}; the token was not sent there.`);
    expect(other.requests).toEqual([]);
  });
});

describe("a server", () => {
  it("that is not running: exit 5, with a hint how to start one", async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { code, stderr } = await list(url);
    expect(code).toBe(5);
    expect(stderr).toBe(
      `error: No server is running at ${url}.\n` +
        "hint: Run warm-transfer start or warm-transfer sandbox, or pass --server URL.\n",
    );
  });

  it.each<[string, RequestListener]>([
    ["a web page", (_request, response) => response.setHeader("content-type", "text/html").end("<html>")],
    ["another API", jsonAnswer(200, "{}", null)],
    ["something that is no JSON", jsonAnswer(200, "calls")],
    ["an error of a proxy", (_request, response) => response.writeHead(502).end("Bad gateway")],
    ["an error without a reason", jsonAnswer(500, "{}")],
  ])("that is another program: %s: exit 5", async (_name, answer) => {
    const { url } = await listening(answer);
    const { code, stderr } = await list(url);
    expect(code).toBe(5);
    expect(stderr).toMatch(
      new RegExp(`^error: The program at ${url} is not a warm-transfer server: .*\nhint: `),
    );
  });

  it.each([
    [API_VERSION + 1, "this program is the older one", "Update this program."],
    [API_VERSION - 1, "the server is the older one", "Update and restart the server."],
  ])("of version %d: exit 3, and which side is older", async (version, older, hint) => {
    const { url } = await listening(jsonAnswer(200, '{"calls":[]}', version));
    const { code, stderr } = await list(url);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      new RegExp(`^error: .*version ${version} .*version ${API_VERSION}: ${older}\\.\nhint: ${hint}\n$`),
    );
  });

  it("gets our version, so that it can refuse before it does anything", async () => {
    const { url, requests } = await listening(jsonAnswer(200, '{"calls":[]}'));
    await list(url);
    expect(requests[0]?.headers).toMatchObject({
      [API_VERSION_HEADER]: String(API_VERSION),
      authorization: `Bearer ${TOKEN}`,
    });
  });

  it("that breaks the connection: exit 5", async () => {
    const { url } = await listening((request) => request.socket.destroy());
    const { code, stderr } = await list(url);
    expect(code).toBe(5);
    expect(stderr).toContain("could not be reached: the connection broke.");
  });

  it.each<[string, RequestListener]>([
    ["says nothing", () => undefined],
    [
      "does not come to an end",
      (_request, response) => response.setHeader(API_VERSION_HEADER, String(API_VERSION)).write("{"),
    ],
  ])("that %s: exit 6 after --timeout", async (_name, answer) => {
    const { url } = await listening(answer);
    const { code, stderr } = await list(url, "--timeout", "1s");
    expect(code).toBe(6);
    expect(stderr).toMatch(/did not answer within 1 s\.\nhint: .*--timeout 30s to wait longer\.\n$/);
  });

  it("that does not answer can be left with Ctrl-C: exit 130, without an error", async () => {
    const { url, requests } = await listening(() => undefined);
    const waiting = aDesk({ url, token: TOKEN }).begin("conferences", "list");
    await expect.poll(() => requests.length).toBe(1);
    waiting.interrupt();
    expect(await waiting.ended).toMatchObject({ code: 130, stdout: "", stderr: "" });
  });

  it("causes a JSON object on stderr with --json", async () => {
    const { url } = await listening(jsonAnswer(200, "calls"));
    const { stdout, stderr } = await list(url, "--json");
    expect(stdout).toBe("");
    expect(JSON.parse(stderr)).toEqual({
      error: {
        category: "network",
        message: expect.any(String) as string,
        hint: expect.any(String) as string,
        docs: null,
      },
    });
  });
});

describe("without --server", () => {
  it("a command asks the server that was started in this folder, on this machine whatever its run file says", async () => {
    const world = await startWorld();
    const desk = aDesk();
    writeFileSync(
      join(desk.cwd, ".env"),
      `OPERATOR_TOKEN=${world.operatorToken}\nPORT=${await freePort()}\n`,
    );
    expect(await desk.type("conferences", "list")).toMatchObject({ code: 5 });
    const port = Number(new URL(world.server.url).port);
    const info = { pid: process.pid, version: "0", instance: "x", startedAt: 0 };
    await writeRunFile(join(desk.cwd, ".warm-transfer"), { ...info, port, url: "https://example.com" });
    expect(await desk.type("conferences", "list")).toMatchObject({ code: 0 });
  });
});
