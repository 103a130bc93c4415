import { once } from "node:events";
import { type IncomingMessage, request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { signIn } from "../support/browser.ts";
import { OPERATOR, type TestServer, aServer } from "../support/start-server.ts";

/** Asks with any headers, Host among them. */
async function metrics({ localUrl }: TestServer, headers: Record<string, string> = {}) {
  const request = httpRequest(`${localUrl}/metrics`, { headers, agent: false });
  const answered = once(request.end(), "response") as Promise<[IncomingMessage]>;
  const [answer] = await answered;
  return { status: answer.statusCode, type: answer.headers["content-type"], body: await text(answer) };
}

const OUTSIDE = { "X-Forwarded-For": "203.0.113.9" };
const BEARER = { Authorization: `Bearer ${OPERATOR}` };

describe("metrics are for this machine and for the operator:", () => {
  it("a program on this machine gets them, with those of the process", async () => {
    const { status, type, body } = await metrics(await aServer());
    expect([status, type]).toEqual([200, expect.stringContaining("text/plain; version=0.0.4")]);
    expect(body).toContain("warm_transfer_calls_live 0\n");
    expect(body).toContain("process_cpu_seconds_total");
  });

  it("the operator gets them through a tunnel", async () => {
    expect((await metrics(await aServer(), { ...OUTSIDE, ...BEARER })).status).toBe(200);
  });

  it.each([
    ["a tunnel", OUTSIDE],
    ["Cloudflare", { "CF-Connecting-IP": "203.0.113.9" }],
    ["Cloudflare without an address", { "CF-Ray": "230b030023ae2822-SJC" }],
    ["Fly", { "Fly-Client-IP": "203.0.113.9" }],
    ["Fastly", { "Fastly-Client-IP": "203.0.113.9" }],
    ["ngrok", { "Ngrok-Trace-Id": "1" }],
    ["a content network", { "True-Client-IP": "203.0.113.9" }],
    ["nginx", { "X-Real-IP": "203.0.113.9" }],
    ["a proxy that names the protocol alone", { "X-Forwarded-Proto": "https" }],
    ["an old proxy", { Via: "1.1 proxy" }],
    ["a proxy that says so in the new way", { Forwarded: "for=203.0.113.9" }],
    ["a tunnel that keeps the public host", { Host: "calls.example.com" }],
    ["a page whose name points to this machine", { Host: "evil.example.com:3000" }],
  ])("other requests through %s are refused", async (_name, headers) => {
    const { status, body } = await metrics(await aServer(), headers);
    expect(status).toBe(401);
    expect(JSON.parse(body)).toMatchObject({ error: { hint: expect.stringContaining("OPERATOR_TOKEN") } });
    expect(body).not.toContain("warm_transfer_calls");
  });

  it("a wrong token and an agent's session are refused, and guessing is limited", async () => {
    const server = await aServer();
    const { cookie } = await signIn(server, "agent1");
    expect((await metrics(server, { ...OUTSIDE, cookie })).status).toBe(401);
    const wrong = { ...OUTSIDE, Authorization: "Bearer a-guess-of-the-token" };
    const tries: (number | undefined)[] = [];
    for (let i = 0; i < 25; i++) tries.push((await metrics(server, wrong)).status);
    expect([tries[0], tries.at(-1)]).toEqual([401, 429]);
  });
});
