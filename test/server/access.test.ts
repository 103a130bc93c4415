import { jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import type { ErrorAnswer, TokenAnswer } from "../../src/server/control-api.ts";
import { signIn } from "./support/browser.ts";
import { OPERATOR, type TestServer, aServer } from "./support/start-server.ts";
import { CALL, inbound, webhook } from "./support/webhooks.ts";

/** Who asks: nobody, an agent who has nothing to do with the call, the operator, somebody with a wrong token. */
async function headersOf(who: string, server: TestServer): Promise<Record<string, string>> {
  if (who === "operator") return { Authorization: `Bearer ${OPERATOR}` };
  if (who === "wrong token") return { Authorization: "Bearer of-nothing-at-all" };
  if (who === "agent3") return { cookie: (await signIn(server, "agent3")).cookie };
  return {};
}

const BODIES: Record<string, string> = {
  [`/api/calls/${CALL}/transfer`]: '{"to":"agent2"}',
  [`/api/calls/${CALL}/hold`]: '{"onHold":true}',
  "/api/agents": '{"id":"dora"}',
};

describe("access rights", () => {
  it.each`
    request                                                 | nobody | agent3 | operator
    ${"GET /api/me"}                                        | ${401} | ${200} | ${403}
    ${"GET /api/calls"}                                     | ${401} | ${403} | ${200}
    ${`GET /api/calls/${CALL}`}                             | ${401} | ${403} | ${200}
    ${"GET /api/calls/CA0"}                                 | ${401} | ${404} | ${404}
    ${`POST /api/calls/${CALL}/transfer`}                   | ${401} | ${403} | ${409}
    ${`POST /api/calls/${CALL}/end`}                        | ${401} | ${403} | ${200}
    ${`POST /api/calls/${CALL}/leave`}                      | ${401} | ${403} | ${403}
    ${`POST /api/calls/${CALL}/hold`}                       | ${401} | ${403} | ${403}
    ${"POST /token/agent3"}                                 | ${401} | ${200} | ${403}
    ${"POST /token/agent1"}                                 | ${401} | ${403} | ${403}
    ${"POST /Token/Generate"}                               | ${401} | ${200} | ${403}
    ${"POST /conference/agent2/call"}                       | ${401} | ${409} | ${409}
    ${"POST /Conference/CallAgent2"}                        | ${401} | ${409} | ${409}
    ${"POST /sign-out"}                                     | ${401} | ${204} | ${204}
    ${"GET /api/nothing"}                                   | ${401} | ${404} | ${404}
    ${"GET /api/server"}                                    | ${401} | ${403} | ${200}
    ${"GET /api/agents"}                                    | ${401} | ${403} | ${200}
    ${"POST /api/agents"}                                   | ${401} | ${403} | ${201}
    ${"DELETE /api/agents/agent2"}                          | ${401} | ${403} | ${204}
    ${"POST /api/agents/agent3/link"}                       | ${401} | ${403} | ${200}
    ${"GET /api/history"}                                   | ${401} | ${403} | ${200}
    ${"GET /api/watch"}                                     | ${401} | ${403} | ${426}
    ${"GET /api/events"}                                    | ${401} | ${426} | ${403}
    ${`POST /api/calls/${CALL}/participants/customer/mute`} | ${401} | ${403} | ${409}
    ${`POST /api/calls/${CALL}/transfer/complete`}          | ${401} | ${403} | ${409}
    ${`POST /api/calls/${CALL}/transfer/cancel`}            | ${401} | ${403} | ${409}
  `("$request: $nobody, $agent3, $operator", async ({ request, nobody, agent3, operator }) => {
    const [method = "", path = ""] = (request as string).split(" ");
    const answers: number[] = [];
    for (const who of ["nobody", "wrong token", "agent3", "operator"]) {
      const server = await aServer();
      await webhook(server, "/conference/connect/client", inbound(server));
      const headers = { "Content-Type": "application/json", ...(await headersOf(who, server)) };
      const body = method === "GET" ? null : (BODIES[path] ?? "{}");
      const answer = await fetch(server.url + path, { method, headers, body });
      await answer.body?.cancel();
      answers.push(answer.status);
    }
    expect(answers).toEqual([nobody, nobody, agent3, operator]);
  });

  it("answers each refusal with a category, a code, a message and a hint", async () => {
    const server = await aServer();
    const answer = (await (await fetch(`${server.url}/api/me`)).json()) as ErrorAnswer;
    expect(answer).toEqual({
      error: {
        category: "auth",
        code: "not-signed-in",
        message: "You are not signed in.",
        hint: "Ask the operator for a new sign-in link.",
      },
    });
  });
});

describe("a change from a browser", () => {
  it.each([
    [{ Origin: "https://evil.example.com" }, 403],
    [{ Origin: "null" }, 403],
    [{ "Sec-Fetch-Site": "cross-site" }, 403],
    [{ "Sec-Fetch-Site": "same-site" }, 403],
    [{ "Sec-Fetch-Site": "same-origin" }, 204],
    [{}, 204],
  ])("with %j: %d", async (headers, status) => {
    const server = await aServer();
    const { cookie } = await signIn(server, "agent1");
    const all = { cookie, "Content-Type": "application/json", ...(headers as Record<string, string>) };
    const answer = await fetch(`${server.url}/sign-out`, { method: "POST", headers: all, body: "{}" });
    expect(answer.status).toBe(status);
  });

  it.each(["127.0.0.1", "localhost"])("may come from our page at %s", async (host) => {
    const server = await aServer();
    const { post } = await signIn(server, "agent1");
    const Origin = server.url.replace("127.0.0.1", host);
    expect((await post("/sign-out", {}, { Origin })).status).toBe(204);
  });
});

describe("an access token", () => {
  it("lets the signed-in agent be rung, and nothing else", async () => {
    const server = await aServer();
    const browser = await signIn(server, "agent1");
    const answer = (await (await browser.post("/token/agent1")).json()) as TokenAnswer;
    expect(answer).toMatchObject({ agentId: "agent1", ttl: 3600 });
    const { apiKey, apiSecret, accountSid } = server.config;
    const { payload, protectedHeader } = await jwtVerify(answer.token, new TextEncoder().encode(apiSecret), {
      issuer: apiKey,
      subject: accountSid,
    });
    expect(protectedHeader).toMatchObject({ alg: "HS256", cty: "twilio-fpa;v=1" });
    expect(payload.grants).toEqual({ identity: "agent1", voice: { incoming: { allow: true } } });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
  });

  it("is issued to the session's agent, even if the form names another", async () => {
    const server = await aServer();
    const { cookie } = await signIn(server, "agent1");
    const ask = (agentId: string) =>
      fetch(`${server.url}/Token/Generate`, {
        method: "POST",
        headers: { cookie },
        body: new URLSearchParams({ agentId }),
      });
    expect(await (await ask("agent1")).json()).toMatchObject({ agentId: "agent1" });
    expect((await ask("agent2")).status).toBe(403);
    expect((await ask("../agent2")).status).toBe(400);
  });

  it("is issued to the agent in the address when several share a browser", async () => {
    const server = await aServer();
    const cookie = `${(await signIn(server, "agent1")).cookie}; ${(await signIn(server, "agent2")).cookie}`;
    const answer = await fetch(`${server.url}/token/agent2`, { method: "POST", headers: { cookie } });
    expect(await answer.json()).toMatchObject({ agentId: "agent2" });
  });
});
