import { SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { manualClock } from "local-twilio";
import { openPage, readyAgent, signIn } from "./support/browser.ts";
import { freePort } from "../support/world/free-port.ts";
import { type TestServer, aServer } from "./support/start-server.ts";
import { testConfig } from "../support/test-config.ts";

const TWELVE_HOURS = 12 * 3_600_000;

const open = (link: string): Promise<Response> => fetch(link, { redirect: "manual" });

/** A link has a token without its header, which is always the same. */
const linkWith = (server: TestServer, token: string): string =>
  `${server.url}/sign-in?t=${token.slice(token.indexOf(".") + 1)}`;

const CLAIMS = { aud: "sign-in", sub: "agent1" };

async function signed(server: TestServer, token: SignJWT, alg = "HS256"): Promise<string> {
  const key = new TextEncoder().encode(server.config.sessionSecret);
  return linkWith(server, await token.setProtectedHeader({ alg }).sign(key));
}

/** A link with a token of the test's own making. */
async function forged(
  server: TestServer,
  change: (token: SignJWT) => SignJWT,
  secret = server.config.sessionSecret,
) {
  const token = new SignJWT()
    .setProtectedHeader({ alg: "HS256" })
    .setAudience("sign-in")
    .setSubject("agent1")
    .setExpirationTime("1h");
  return linkWith(server, await change(token).sign(new TextEncoder().encode(secret)));
}

describe("a sign-in link", () => {
  it("creates a session that no script and no other site can use, and shows the page", async () => {
    const server = await aServer();
    const answer = await open(await server.signInLink("agent1"));
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/?agent=agent1"]);
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^session-agent1=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/),
    ]);
  });

  it("is short enough to be read and copied in a terminal", async () => {
    const server = await aServer();
    expect((await server.signInLink("agent1")).length).toBeLessThan(150);
  });

  it("sets a Secure cookie only over TLS", async () => {
    const port = await freePort();
    const server = await aServer({ port, publicUrl: "https://calls.example.com" });
    const link = await server.signInLink("agent1");
    expect(link).toMatch(/^https:\/\/calls\.example\.com\/sign-in\?t=/);
    const answer = await open(link.replace("https://calls.example.com", `http://127.0.0.1:${port}`));
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-session-agent1=[\w-]{43}; Path=\/; HttpOnly; .*; Secure$/),
    ]);
  });

  it("over TLS sets a cookie that no other host can set; the server accepts no other", async () => {
    const server = await aServer({ port: await freePort(), publicUrl: "https://calls.example.com" });
    const { cookie } = await signIn(server, "agent1");
    const status = async (cookie: string, path = "/api/me", method = "GET") =>
      (await fetch(server.localUrl + path, { method, headers: { cookie } })).status;
    const plain = cookie.replace("__Host-", "");
    expect(plain).not.toBe(cookie);
    expect([await status(cookie), await status(plain)]).toEqual([200, 401]);
    const answer = await fetch(`${server.localUrl}/sign-out`, { method: "POST", headers: { cookie } });
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-session-agent1=; .*Max-Age=0; Secure$/),
      expect.stringMatching(/^session-agent1=; .*Max-Age=0$/),
    ]);
    expect(await status(cookie)).toBe(401);
  });

  it("is refused after 12 hours, and so is its session", async () => {
    // A link that is made at a full hour expires 12 hours later, any other within the hour after that.
    const hour = 3_600_000;
    const clock = manualClock(undefined, Math.ceil(Date.now() / hour) * hour);
    const server = await aServer({}, { clock });
    const link = await server.signInLink("agent1");
    const { get } = await signIn(server, "agent1");
    await clock.advance(TWELVE_HOURS - 1000);
    expect([(await open(link)).status, (await get("/api/me")).status]).toEqual([303, 200]);
    await clock.advance(2000);
    expect([(await open(link)).status, (await get("/api/me")).status]).toEqual([401, 401]);
  });

  it("is refused for an unknown agent", async () => {
    const server = await aServer();
    await expect(server.signInLink("mallory")).rejects.toMatchObject({ category: "not-found" });
  });

  it.each<[string, (server: TestServer) => Promise<string>]>([
    ["no token", async (s) => `${s.url}/sign-in`],
    ["nonsense", async (s) => `${s.url}/sign-in?t=nonsense`],
    ["two tokens", async (s) => `${s.url}/sign-in?t=a&t=b`],
    ["another secret", (s) => forged(s, (token) => token, "another-secret-of-32-characters!!")],
    ["another audience", (s) => forged(s, (token) => token.setAudience("something-else"))],
    ["an access token's audience", (s) => forged(s, (token) => token.setAudience(s.config.accountSid))],
    ["another algorithm", (s) => signed(s, new SignJWT({ ...CLAIMS, exp: 9_999_999_999 }), "HS512")],
    ["no expiry", (s) => signed(s, new SignJWT(CLAIMS))],
    ["a time that is over", (s) => forged(s, (token) => token.setExpirationTime("-1s"))],
    ["an agent whom nobody knows", (s) => forged(s, (token) => token.setSubject("mallory"))],
    [
      "no signature",
      async (s) => {
        const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
        const claims = { aud: "sign-in", sub: "agent1", exp: 9_999_999_999 };
        return `${s.url}/sign-in?t=${part({ alg: "none" })}.${part(claims)}.`;
      },
    ],
  ])("with %s is refused", async (_name, link) => {
    const server = await aServer();
    const answer = await open(await link(server));
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([401, []]);
  });

  it("is limited after 20 wrong attempts in a minute, and not after 20 right ones", async () => {
    const server = await aServer();
    const link = await server.signInLink("agent1");
    for (let i = 0; i < 25; i++) expect((await open(link)).status).toBe(303);
    for (let i = 0; i < 20; i++) expect((await open(`${server.url}/sign-in?t=x`)).status).toBe(401);
    expect((await open(`${server.url}/sign-in?t=x`)).status).toBe(429);
  });
});

describe("signing out", () => {
  it("ends the session, its stream and its cookie", async () => {
    const server = await aServer();
    const browser = await signIn(server, "agent1");
    const page = await openPage(browser);
    const answer = await browser.post("/sign-out");
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^session-agent1=; .*Max-Age=0/);
    await expect(page.until(() => false)).rejects.toThrow("ended");
    expect((await browser.get("/api/me")).status).toBe(401);
  });

  it("is seen by colleagues at once", async () => {
    const server = await aServer();
    const [one, two] = [await readyAgent(server, "agent1"), await readyAgent(server, "agent2")];
    await two.page.until(({ colleagues }) => colleagues[0]?.state === "free");
    await one.browser.post("/sign-out");
    const view = await two.page.until(({ colleagues }) => colleagues[0]?.state !== "free");
    expect(view.colleagues[0]).toMatchObject({ id: "agent1", state: "signed-out" });
  });

  it("in one browser keeps the agent's session in another", async () => {
    const server = await aServer({}, { clock: manualClock() });
    const [one, again] = [await readyAgent(server, "agent1"), await signIn(server, "agent1")];
    const other = await openPage(again);
    await other.setReady(true);
    await one.browser.post("/sign-out");
    expect((await again.get("/api/me")).status).toBe(200);
    expect((await other.until(() => true)).state).toBe("free");
  });

  it("of one agent keeps another agent's session in the same browser", async () => {
    const server = await aServer();
    const [one, two] = [await signIn(server, "agent1"), await signIn(server, "agent2")];
    await one.post("/sign-out");
    expect((await two.get("/api/me")).status).toBe(200);
  });
});

describe("a session", () => {
  it("of a removed agent is void", async () => {
    const server = await aServer();
    const { cookie } = await signIn(server, "agent3");
    const renamed = cookie.replace("agent3", "agent1");
    const ask = (cookie: string) => fetch(`${server.url}/api/me`, { headers: { cookie } });
    expect([(await ask(cookie)).status, (await ask(renamed)).status]).toEqual([200, 401]);
    const fewer = await aServer({ agents: testConfig().agents.slice(0, 2) });
    expect((await open(await forged(fewer, (token) => token.setSubject("agent3")))).status).toBe(401);
  });

  it("needs the agent's name in each request when several share a browser", async () => {
    const server = await aServer();
    const [one, two] = [await signIn(server, "agent1"), await signIn(server, "agent2")];
    const cookie = `${one.cookie}; ${two.cookie}`;
    const ask = (path: string, headers = {}) => fetch(server.url + path, { headers: { cookie, ...headers } });
    expect((await ask("/api/me")).status).toBe(401);
    expect(await (await ask("/api/me", { "X-Agent": "agent2" })).json()).toMatchObject({
      agent: { name: "Bob" },
    });
    expect(await (await ask("/api/me?agent=agent1")).json()).toMatchObject({ agent: { name: "Ann" } });
    expect((await ask("/api/me", { "X-Agent": "agent3" })).status).toBe(401);
  });
});
