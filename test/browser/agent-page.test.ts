import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { moments } from "../agent-page/views.ts";
import { buildPage, launch, openPage } from "./agent-page/open-page.ts";
import { type StandIn, startStandIn } from "./agent-page/stand-in.ts";

/** The built page in a real Chromium, with the unmodified SDK; behind it a server that shows what a test tells it to. */
describe("the agent's page", () => {
  let folder: string;
  let browser: Browser;
  let server: StandIn;
  let page: Page;
  let complaints: string[];

  const button = (name: string | RegExp) =>
    page.getByRole("button", { name, exact: typeof name === "string" });
  const status = (text: string) =>
    page
      .getByRole("status")
      .filter({ hasText: new RegExp(`^${text}$`) })
      .waitFor();
  const alert = (text: string) => page.getByRole("alert").filter({ hasText: text });
  const requests = (request: string) => server.asked.filter((asked) => asked.request === request);
  const focused = () => page.evaluate(() => document.activeElement?.textContent.trim());

  const ring = async (): Promise<void> => {
    server.show(moments.ringing);
    server.line.ring();
    await expect.poll(() => button("Answer").isEnabled()).toBe(true);
  };
  const talk = async (): Promise<void> => {
    await ring();
    await button("Answer").click();
    server.show(moments.talking);
    await button("Transfer to Agent 2").waitFor();
    await status("In a call");
  };

  beforeAll(async () => {
    folder = await buildPage();
    browser = await launch();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    server = await startStandIn(folder);
    ({ page, complaints } = await openPage(browser, server.url));
    await status("Ready");
  });
  afterEach(async () => {
    await page?.context().close();
    await server?.close();
  });

  it("is ready without a click, once the line is registered, and tells the server", () => {
    expect(requests("ready").at(-1)?.body).toEqual({ ready: true });
    expect(server.line.count("register")).toBe(1);
    expect(complaints).toEqual([]);
  });

  it("loads less than 60 kB of script, gzipped", async () => {
    const loaded = await page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname),
    );
    const scripts = await Promise.all(
      loaded.filter((path) => /^\/assets\/.*\.js$/.test(path)).map((path) => readFile(join(folder, path))),
    );
    const bytes = scripts.reduce((sum, script) => sum + gzipSync(script).length, 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(60_000);
  });

  it("says in every request which agent it is", () => {
    const silent = server.asked.filter(
      ({ request, agent }) => agent !== "agent1" && /^(GET|POST) (?!\/api\/events)/.test(request),
    );
    expect(silent).toEqual([]);
  });

  it("takes no calls while switched off, also after a reload", async () => {
    await page.getByRole("switch", { name: "Take calls" }).click();
    await status("Not ready");
    expect(requests("takes-calls").at(-1)?.body).toEqual({ on: false });
    await page.reload();
    await status("Not ready");
    await page.getByRole("switch", { name: "Take calls" }).click();
    await status("Ready");
  });

  it("answers an incoming call by keyboard, with the focus where it is wanted", async () => {
    await ring();
    expect(await focused()).toBe("Answer");
    await page.keyboard.press("Enter");
    await expect.poll(() => server.line.count("answer")).toBe(1);
    server.show(moments.talking);
    await status("In a call");
    expect(await focused()).toBe("+1 555 010 0123");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Transfer to Agent 2");
    expect(server.line.count("hangup")).toBe(0);
  });

  it("does not let a key that was meant for something else answer the call", async () => {
    await page.getByRole("switch", { name: "Take calls" }).focus();
    await page.keyboard.press("Shift");
    await ring();
    expect(await focused()).toBe("Take calls");
  });

  it("tells Twilio when the agent declines", async () => {
    await ring();
    await button("Decline").click();
    await expect.poll(() => server.line.count("reject")).toBe(1);
    await button("Answer").waitFor({ state: "hidden" });
  });

  it("stops ringing when the caller gives up", async () => {
    await ring();
    server.line.cancel();
    server.show(moments.free);
    await status("Ready");
    expect(await button("Answer").isVisible()).toBe(false);
  });

  it("mutes, and hangs up", async () => {
    await talk();
    await button("Mute").click();
    await expect.poll(() => button("Mute").getAttribute("aria-pressed")).toBe("true");
    await button("Mute").click();
    await expect.poll(() => button("Mute").getAttribute("aria-pressed")).toBe("false");
    await button("Hang up").click();
    await expect.poll(() => server.line.count("hangup")).toBe(1);
    server.show(moments.over);
    await status("Ready");
    await page.getByRole("heading", { name: "Last call" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("starts one transfer, however often it is clicked", async () => {
    await talk();
    await button("Transfer to Agent 2").dblclick();
    await expect.poll(() => button("Transfer to Agent 2").isDisabled()).toBe(true);
    server.show(moments.transferring);
    await page.getByText("Agent 2’s page is ringing").waitFor();
    const path = `POST /api/calls/${moments.talking.call?.id}/transfer`;
    expect(requests(path)).toMatchObject([{ body: { to: "agent2" } }]);
  });

  it("says so when the target declines, and when the server refuses", async () => {
    await talk();
    server.show(moments.declined);
    await alert("Agent 2 declined.").waitFor();
    server.refuse("target-busy");
    await button("Transfer to Agent 2").click();
    await alert("That colleague is in another call.").waitFor();
    await expect.poll(() => button("Transfer to Agent 2").isEnabled()).toBe(true);
  });

  it("asks before it is left in a call, and not otherwise", async () => {
    await talk();
    await button("Mute").click();
    const asked = page.waitForEvent("dialog");
    await page.evaluate(() => void setTimeout(() => location.reload()));
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    await button("Hang up").click();
    server.show(moments.free);
    await status("Ready");
    await page.reload();
    await status("Ready");
  });

  it("keeps the call when the signalling connection breaks", async () => {
    await talk();
    server.line.drop();
    await alert("Your call has lost its connection").waitFor();
    server.line.restore();
    await alert("Your call has lost its connection").waitFor({ state: "hidden" });
    await status("In a call");
    expect(await button("Hang up").isEnabled()).toBe(true);
  });

  it("fetches another token when Twilio says that the old one has expired", async () => {
    server.line.expireToken();
    await expect.poll(() => requests("POST /token/agent1").length).toBe(2);
    await status("Ready");
    expect(complaints).toEqual([]);
  });

  it("says what to do when the session has ended", async () => {
    server.endSession();
    await status("Signed out");
    await alert("Ask an operator for a new link").waitFor();
    expect(await button("Sign out").isVisible()).toBe(false);
  });

  it("says who has signed the agent out, and is off the line", async () => {
    server.remove();
    await status("Signed out");
    await alert("You are no longer on the list of agents").waitFor();
    await expect.poll(() => server.line.open()).toBe(0);
  });

  it("lets an agent who was removed in mid-call end that call first", async () => {
    await talk();
    server.remove();
    await expect.poll(() => requests("WebSocket /api/events").length).toBe(1);
    await status("In a call");
    await button("Hang up").click();
    await alert("You are no longer on the list of agents").waitFor();
    expect(requests("WebSocket /api/events")).toHaveLength(1);
  });

  it("says calmly who is on hold or muted, each beside the name", async () => {
    await talk();
    server.show(moments.apart({ onHold: true }, { muted: true }));
    await page.locator("[aria-live=polite]").filter({ hasText: "An operator muted you" }).waitFor();
    const customer = page.getByRole("listitem").filter({ hasText: "Customer" });
    expect(await customer.locator("[aria-live=polite]").innerText()).toMatch(/^Customer\s+On hold$/);
    expect(await page.getByRole("alert").count()).toBe(0);
    server.show(moments.talking);
    await page.getByText("An operator muted you").waitFor({ state: "hidden" });
  });

  it("signs out", async () => {
    await button("Sign out").click();
    await status("Signed out");
    expect(requests("POST /sign-out")).toHaveLength(1);
  });
});
