import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { manualClock } from "local-twilio";
import { noticeWords } from "../../src/server/page/notice-words.ts";
import { type TestServer, aServer } from "./support/start-server.ts";
import { suiteFolder } from "../support/temporary-folder.ts";

/** What Chromium sends when a person opens an address. */
const PERSON = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

const pagesDir = suiteFolder();
beforeAll(async () => {
  const links = '<link rel="icon" href="./icon.svg" /><link rel="stylesheet" href="./assets/index-1.css" />';
  await writeFile(join(pagesDir, "index.html"), `<head>${links}<!-- voice-sdk-shim --></head>`);
});

const open = async (server: TestServer, path: string, language = "en-GB,en;q=0.9") => {
  const headers = { accept: PERSON, "accept-language": language };
  const answer = await fetch(server.url + path, { headers, redirect: "manual" });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const aRealServer = () => aServer({ twilioApiBaseUrl: null }, { pagesDir });

describe("a person who opens an invalid address", () => {
  it.each([
    ["a sign-in link that is not complete", "/sign-in?t=nonsense", 401, "This sign-in link does not work"],
    ["an address of which there is none", "/welcome/back", 404, "There is no page at this address"],
    ["an address of the control API without a session", "/api/me", 401, "You are signed out"],
  ])("reads a page in words: %s", async (_, path, status, title) => {
    const page = await open(await aRealServer(), path);
    expect(page.status).toBe(status);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.text).toContain(`<h2 class="notice-title">${title}</h2>`);
    expect(page.text).not.toMatch(/sandbox|docs\/control-api/i);
  });

  it("reads that the link has expired, and how to get another", async () => {
    const clock = manualClock();
    const server = await aServer({ twilioApiBaseUrl: null }, { pagesDir, clock });
    const link = new URL(await server.signInLink("agent1"));
    await clock.advance(13 * 3_600_000);
    const page = await open(server, link.pathname + link.search);
    expect([page.status, page.headers.getSetCookie()]).toEqual([401, []]);
    expect(page.text).toContain("Ask an operator for a new link, and open it in this browser.");
  });

  it("reads where the sandbox shows the link, in the sandbox", async () => {
    const server = await aServer({ twilioApiBaseUrl: "http://127.0.0.1:9" }, { pagesDir });
    expect((await open(server, "/sign-in?t=x")).text).toContain(
      "In the sandbox, the terminal shows the link.",
    );
    expect((await open(server, "/nothing")).text).not.toContain("sandbox");
  });

  it("reads it in Japanese where the browser prefers that", async () => {
    const page = await open(await aRealServer(), "/sign-in?t=x", "ja,en;q=0.5");
    expect(page.text).toContain('<html lang="ja">');
    expect(page.text).toContain(noticeWords.ja.link.title);
    expect(page.headers.get("content-language")).toBe("ja");
    expect((await open(await aRealServer(), "/sign-in?t=x", "fr")).text).toContain('<html lang="en">');
  });

  it("gets a page without scripts, with the agent page's styles by absolute addresses", async () => {
    const { text, headers } = await open(await aRealServer(), "/a/b/c");
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none';style-src 'self';img-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    expect(text).toContain('<link rel="stylesheet" href="/assets/index-1.css" />');
    expect(text).not.toContain("<script");
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("reads to wait after too many invalid links", async () => {
    const server = await aRealServer();
    for (let i = 0; i < 20; i++) await open(server, "/sign-in?t=x");
    const page = await open(server, "/sign-in?t=x");
    expect([page.status, page.text.includes("Too many attempts")]).toEqual([429, true]);
  });

  it("reads the build command when the page was not built", async () => {
    const server = await aServer({}, { pagesDir: join(pagesDir, "nowhere") });
    expect((await open(server, "/")).text).toContain("npm run build");
  });
});

describe("a program", () => {
  it.each([{}, { accept: "*/*" }, { accept: "application/json" }])("gets JSON with %j", async (headers) => {
    const server = await aRealServer();
    for (const [path, status] of [
      ["/sign-in?t=x", 401],
      ["/nothing", 404],
    ] as const) {
      const answer = await fetch(server.url + path, { headers });
      expect(answer.status).toBe(status);
      expect(await answer.json()).toMatchObject({ error: { message: expect.any(String) } });
    }
  });
});

it("both languages have the same notices", () => {
  expect(Object.keys(noticeWords.ja)).toEqual(Object.keys(noticeWords.en));
});
