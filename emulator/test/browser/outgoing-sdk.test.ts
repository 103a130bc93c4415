import twilio from "twilio";
import { afterAll, beforeAll, expect, it } from "vitest";
import { localClient } from "../../../test/support/contract/client.ts";
import { type CallingPage, openCallingPage } from "./support/calling-page.ts";
import type { SdkPage } from "./support/sdk-page/main.ts";

let page: CallingPage;
beforeAll(async () => void (page = await openCallingPage("client:bob")));
afterAll(() => page?.close());

const connect = (params: Record<string, string>): Promise<void> =>
  page.inPage((sdk, [access, sent]) => sdk.connect(access, sent), [page.token, params] as const);
const status = (): Promise<string | undefined> => page.status();
const events = (): Promise<string[]> => page.inPage((sdk) => sdk.events.splice(0), null);

it("the SDK calls bob: it rings until bob answers, both hear each other, and bob hangs up", async () => {
  const { app, bob } = page;
  app.on("/out", ({ params }) => `<Dial><Client>${params.To ?? ""}</Client></Dial>`);
  await connect({ To: "bob" });
  await bob.until("ringing");
  await expect.poll(status).toBe("ringing");
  bob.answer();
  await expect.poll(status).toBe("open");
  await page.expectToTalk("PCMU");
  bob.hangUp();
  await expect.poll(status).toBe("closed");
  expect(await events()).toEqual(["ringing", "accept", "disconnect"]);
});

it("the SDK learns that bob declines", async () => {
  const { bob } = page;
  await connect({ To: "bob" });
  await bob.until("ringing");
  await expect.poll(status).toBe("ringing");
  bob.decline();
  await expect.poll(status).toBe("closed");
  // The SDK reports every error of a hang-up as 31005, unless it is asked for more precision.
  expect(await events()).toEqual(["ringing", "call error 31005", "disconnect"]);
});

it("the SDK and the app send each other messages, as it rings and in the call; one of another type is an error", async () => {
  const { emulator, app, bob } = page;
  const { accountSid, authToken } = emulator.credentials;
  const rest = twilio(accountSid, authToken, localClient(emulator.url));
  const send = (...message: Parameters<SdkPage["send"]>): Promise<string> =>
    page.inPage((sdk, sent) => sdk.send(...sent), message);
  await connect({ To: "bob" });
  await expect.poll(status).toBe("ringing");
  const call = rest.calls(app.to("/out").at(-1)?.params.CallSid ?? "");
  await call.userDefinedMessages.create({ content: '{"hello":"page"}' });
  await call.userDefinedMessageSubscriptions.create({ callback: `${app.url}/messages` });
  const first = await send({ hello: "app" });
  bob.answer();
  await expect.poll(status).toBe("open");
  const second = await send("again");
  await expect.poll(() => app.to("/messages").length).toBe(2);
  await send("wrong", "not-ours");
  await expect.poll(() => page.inPage((sdk) => sdk.events.length, null)).toBe(6);
  expect((await events()).toSorted()).toEqual(
    [
      "ringing",
      'received {"hello":"page"}',
      `sent ${first}`,
      "accept",
      `sent ${second}`,
      "call error 31210",
    ].toSorted(),
  );
  expect(
    app.to("/messages").map(({ isSigned, params: { Sid, Content } }) => [isSigned, Sid, Content]),
  ).toEqual([
    [true, first, '{"hello":"app"}'],
    [true, second, '"again"'],
  ]);
  bob.hangUp();
  await expect.poll(status).toBe("closed");
});
