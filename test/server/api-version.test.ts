import { describe, expect, it } from "vitest";
import { API_VERSION, API_VERSION_HEADER } from "../../src/version.ts";
import { json, operatorOf } from "./support/operator.ts";
import { aServer } from "./support/start-server.ts";

const version = String(API_VERSION);
const versionHeader = (version: string) => ({ [API_VERSION_HEADER]: version });

describe("the control API's version", () => {
  it.each([
    ["an answer", "/api/calls", 200],
    ["a stream's address", "/api/watch", 426],
    ["a refusal", "/api/calls/CA0", 404],
    ["an address without anything", "/api/nothing", 404],
  ])("is sent with %s, which is not cacheable", async (_what, path, status) => {
    const { headers, status: answered, body } = await operatorOf(await aServer()).get(path);
    await body?.cancel();
    expect([answered, headers.get(API_VERSION_HEADER), headers.get("cache-control")]).toEqual([
      status,
      version,
      "no-store",
    ]);
  });

  it("is sent with refusals too: a wrong token, a wrong body, too many requests", async () => {
    const server = await aServer();
    const answers = [
      await fetch(`${server.url}/api/me`),
      await fetch(`${server.url}/api/calls/CA0/end`, { method: "POST", body: "x".repeat(20_000) }),
      await operatorOf(server).post("/api/agents", "not an object"),
    ];
    for (let i = 0; i < 21; i++) answers.push(await operatorOf(server, "a-guess-at-it").get("/api/calls"));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 415, 400, 429]));
    for (const { headers } of answers) expect(headers.get(API_VERSION_HEADER)).toBe(version);
  });

  it("is optional in requests", async () => {
    const { get } = operatorOf(await aServer());
    expect((await get("/api/calls", versionHeader(version))).status).toBe(200);
    expect((await get("/api/calls")).status).toBe(200);
  });

  it.each([
    [API_VERSION + 1, "the server is older", "on the server's machine"],
    [API_VERSION - 1, "the client is older", "on this machine"],
  ])("is refused as %d: %s", async (requested, older, hint) => {
    const answer = await operatorOf(await aServer()).get("/api/calls", versionHeader(String(requested)));
    expect([answer.status, answer.headers.get(API_VERSION_HEADER)]).toEqual([409, version]);
    expect(await answer.json()).toEqual({
      error: {
        category: "conflict",
        code: "wrong-version",
        message: expect.stringContaining(older),
        hint: expect.stringContaining(hint),
      },
    });
  });

  it.each(["", "one", "-1", "1.5", "1, 1"])("is refused as %j, which is no version", async (version) => {
    const answer = await operatorOf(await aServer()).get("/api/calls", versionHeader(version));
    expect(answer.status).toBe(400);
    expect(await json(Promise.resolve(answer))).toMatchObject({ error: { hint: expect.any(String) } });
  });
});
