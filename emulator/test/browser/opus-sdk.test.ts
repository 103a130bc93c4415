import { afterAll, beforeAll, expect, it } from "vitest";
import { type CallingPage, NUMBER, openCallingPage } from "./support/calling-page.ts";
import type { Codecs } from "./support/sdk-page/main.ts";

const OPUS_FIRST: Codecs = ["opus", "pcmu"];

let page: CallingPage;
beforeAll(async () => void (page = await openCallingPage("+15550123")));
afterAll(() => page?.close());

const connect = (params: Record<string, string>): Promise<void> =>
  page.inPage((sdk, [access, sent, codecs]) => sdk.connect(access, sent, codecs), [
    page.token,
    params,
    OPUS_FIRST,
  ] as const);

it("a page that prefers Opus calls bob: both hear each other in Opus", async () => {
  const { app, bob, status } = page;
  app.on("/out", ({ params }) => `<Dial><Number>${params.To ?? ""}</Number></Dial>`);
  await connect({ To: bob.address });
  await bob.until("ringing");
  bob.answer();
  await page.expectToTalk("opus");
  bob.hangUp();
  await expect.poll(status).toBe("closed");
});

it("bob calls a page that prefers Opus: both hear each other in Opus", async () => {
  const { app, bob, status, inPage } = page;
  app.on("/in", `<Dial><Client>agent-1</Client></Dial>`);
  await inPage((sdk, [access, codecs]) => sdk.register(access, codecs), [page.token, OPUS_FIRST] as const);
  await expect.poll(() => inPage(({ events }) => events, null)).toContain("registered");
  await bob.call(NUMBER);
  await expect.poll(status).toBe("pending");
  await inPage((sdk) => sdk.call?.accept(), null);
  await page.expectToTalk("opus");
  bob.hangUp();
  await expect.poll(status).toBe("closed");
});

it("a page that prefers Opus presses keys, and the app gets them", async () => {
  const { app, status } = page;
  app.on("/out", `<Gather numDigits="2" finishOnKey="" action="/keys"/>`);
  app.on("/keys", "<Hangup/>");
  await connect({});
  await expect.poll(status).toBe("open");
  await page.inPage((sdk) => sdk.call?.sendDigits("4#"), null);
  await expect.poll(() => app.to("/keys")[0]?.params.Digits).toBe("4#");
});
