import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ToPhone } from "../../src/phone/protocol.ts";
import { WebSocket } from "ws";
import { NUMBER } from "./switchboard.ts";
import { type PhoneStage, startPhoneStage } from "./phone-stage.ts";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";

let pagesDir: string;
let stage: PhoneStage;

beforeEach(async () => {
  pagesDir = temporaryFolder();
  mkdirSync(join(pagesDir, "assets"));
  writeFileSync(join(pagesDir, "phone.html"), "<!doctype html><title>Phone</title>");
  writeFileSync(join(pagesDir, "assets", "phone-1.js"), "export {};");
  writeFileSync(join(pagesDir, "secret.txt"), "not for anybody");
  stage = await startPhoneStage({ pagesDir });
});
afterEach(() => stage.close());

/** A phone without a page: what it gets, in the order in which it comes. */
async function openPhone(query = "") {
  const socket = new WebSocket(`${stage.url.replace("http", "ws")}/phone${query}`);
  const inbox: ToPhone[] = [];
  let wake = (): void => {};
  socket.on("message", (data) => {
    inbox.push(JSON.parse((data as Buffer).toString()) as ToPhone);
    wake();
  });
  const next = async (): Promise<ToPhone> => {
    while (inbox.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return inbox.shift()!;
  };
  const hello = (await next()) as Extract<ToPhone, { type: "hello" }>;
  return { socket, hello, next, send: (message: object) => socket.send(JSON.stringify(message)) };
}

describe("the phone page's server", () => {
  it("serves the page with a strict policy, and its assets for ever", async () => {
    const page = await fetch(`${stage.url}/phone.html`);
    expect(await page.text()).toContain("<title>Phone</title>");
    const policy = page.headers.get("content-security-policy")!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const asset = await fetch(`${stage.url}/assets/phone-1.js`);
    expect(asset.headers.get("content-type")).toContain("text/javascript");
    expect(asset.headers.get("cache-control")).toContain("immutable");
  });

  it.each(["/secret.txt", "/assets/../secret.txt", "/assets/%2e%2e/secret.txt", "/assets/missing.js"])(
    "does not serve %s",
    async (path) => {
      expect((await fetch(stage.url + path)).status).toBe(404);
    },
  );

  it("serves the Voice SDK's shim to pages of other origins", async () => {
    const shim = await fetch(`${stage.url}/voice-sdk-shim.js`);
    expect(shim.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(await shim.text()).toContain("globalThis.WebSocket");
  });

  it("says which command to run if the page was not built", async () => {
    const bare = await startPhoneStage();
    const page = await fetch(`${bare.url}/phone.html`);
    expect([page.status, await page.text()]).toEqual([404, expect.stringContaining("npm run build")]);
    await bare.close();
  });

  it("accepts only GET", async () => {
    expect((await fetch(`${stage.url}/phone.html`, { method: "POST" })).status).toBe(405);
  });
});

describe("a phone", () => {
  it("gets a free number, or the requested one", async () => {
    const first = await openPhone();
    const second = await openPhone();
    const third = await openPhone("?number=%2B15550142");
    const fourth = await openPhone("?number=%2B15550142");
    const numbers = [first, second, third, fourth].map(({ hello }) => hello.ownNumber);
    expect(numbers).toEqual(["+15550199", "+15550198", "+15550142", "+15550197"]);
    expect(first.hello.numbers).toEqual([{ phoneNumber: NUMBER, friendlyName: "Service" }]);
    expect(first.hello.hasSound).toBe(false);
  });

  it("calls, gets captions after the answer, and learns how the call ended", async () => {
    const phone = await openPhone();
    phone.send({ type: "call", to: NUMBER, sdp: "v=0\r\na=mid:0\r\n" });
    const { caller, answer } = await stage.switchboard.nextCaller();
    expect([caller.from, caller.to]).toEqual(["+15550199", NUMBER]);
    answer();
    caller.line.caption({ text: "Hello.", language: "en-US", durationMs: 600 });
    caller.ended("no-answer");
    expect(await phone.next()).toMatchObject({ type: "ringing" });
    expect(await phone.next()).toMatchObject({ type: "answered", sdp: expect.stringContaining("a=mid:0") });
    expect(await phone.next()).toMatchObject({ type: "caption", text: "Hello." });
    expect(await phone.next()).toEqual({ type: "ended", status: "no-answer", reason: null });
  });

  it("hangs up when its page is closed", async () => {
    const phone = await openPhone();
    phone.send({ type: "call", to: NUMBER, sdp: "v=0\r\n" });
    const { reports } = await stage.switchboard.nextCaller();
    phone.socket.terminate();
    await expect.poll(() => reports).toEqual(["hung up"]);
    expect(stage.switchboard.devices.size).toBe(0);
    expect((await openPhone()).hello.ownNumber).toBe("+15550199");
  });

  it("hangs up once, however often a person presses the button", async () => {
    const phone = await openPhone();
    phone.send({ type: "call", to: NUMBER, sdp: "v=0\r\n" });
    const { reports } = await stage.switchboard.nextCaller();
    for (let i = 0; i < 3; i++) phone.send({ type: "hang-up" });
    phone.send({ type: "call", to: "+15550111", sdp: "v=0\r\n" });
    await phone.next();
    expect(await phone.next()).toMatchObject({ type: "ended", status: "completed" });
    expect(await phone.next()).toMatchObject({ type: "ended", status: "failed" });
    expect(reports).toEqual(["hung up"]);
  });

  it("learns once that its call is over, even if both sides end it", async () => {
    const phone = await openPhone();
    phone.send({ type: "call", to: NUMBER, sdp: "v=0\r\n" });
    const { caller } = await stage.switchboard.nextCaller();
    caller.ended("busy");
    caller.line.hangUp();
    caller.ended("completed");
    phone.send({ type: "call", to: NUMBER, sdp: "v=0\r\n" });
    const types = [await phone.next(), await phone.next(), await phone.next()].map(({ type }) => type);
    expect(types).toEqual(["ringing", "ended", "ringing"]);
  });

  it("loses its connection if it sends an invalid message", async () => {
    const phone = await openPhone();
    phone.send({ type: "digits", digits: "12x" });
    const code = await new Promise((resolve) => phone.socket.on("close", resolve));
    expect(code).toBe(1011);
  });
});
