import { describe, expect, it, onTestFinished } from "vitest";
import { startEmulator } from "local-twilio";
import { connectAccount } from "../../../src/compose/account.ts";
import { type Answer, type SeenRequest, restError, startRestStandIn } from "../support/rest-stand-in.ts";

const NUMBERS = [
  { phoneNumber: "+15550100000", voiceUrl: "https://old.example.com/voice" },
  { phoneNumber: "+15550100001" },
];

async function emulated() {
  const emulator = await startEmulator({ media: "none", numbers: NUMBERS });
  onTestFinished(() => emulator.close());
  const { accountSid, authToken } = emulator.credentials;
  const account = await connectAccount({ accountSid, authToken, apiBaseUrl: emulator.url });
  return { emulator, account, accountSid };
}

async function against(respond: (request: SeenRequest) => Answer | null) {
  const rest = await startRestStandIn(respond);
  onTestFinished(() => rest.close());
  const accountSid = `AC${"1".repeat(32)}`;
  const account = await connectAccount({ accountSid, authToken: "a-token", apiBaseUrl: rest.url });
  return { account, requests: rest.requests };
}

describe("an account", () => {
  it("names its owner", async () => {
    const { account, accountSid } = await emulated();
    expect(await account.check()).toEqual({
      sid: accountSid,
      friendlyName: "Local Twilio",
      status: "active",
    });
  });

  it("does not open to a wrong token", async () => {
    const { emulator, accountSid } = await emulated();
    const account = await connectAccount({ accountSid, authToken: "wrong", apiBaseUrl: emulator.url });
    await expect(account.check()).rejects.toMatchObject({
      category: "auth",
      hint: expect.stringContaining("auth token"),
    });
  });

  it("sends requests only to this machine or Twilio (invariant 11)", async () => {
    const apiBaseUrl = "https://twilio.example.com";
    await expect(connectAccount({ accountSid: "AC", authToken: "t", apiBaseUrl })).rejects.toMatchObject({
      category: "config",
    });
  });

  it("lists its numbers with their settings", async () => {
    const { account } = await emulated();
    const numbers = await account.voiceNumbers();
    expect(numbers.map(({ phoneNumber, voiceUrl, trunkSid }) => [phoneNumber, voiceUrl, trunkSid])).toEqual([
      ["+15550100001", "", ""],
      ["+15550100000", "https://old.example.com/voice", ""],
    ]);
  });

  it("follows all pages of a list, and skips numbers without voice", async () => {
    const numbers = [true, false, true].map((voice, index) => ({
      sid: `PN${index}`,
      phone_number: `+1555010000${index}`,
      capabilities: { voice, sms: true },
      voice_url: null,
      trunk_sid: null,
    }));
    const { account, requests } = await against(({ path }) => {
      const page = path.includes("PageToken") ? 1 : 0;
      const next = path.replace(/\?.*/, "?PageToken=PAPN1");
      return {
        status: 200,
        body: {
          incoming_phone_numbers: page === 0 ? numbers.slice(0, 2) : numbers.slice(2),
          next_page_uri: page === 0 ? next : null,
        },
      };
    });
    expect((await account.voiceNumbers()).map(({ sid }) => sid)).toEqual(["PN0", "PN2"]);
    expect(requests).toHaveLength(2);
    await expect(account.number("+15550100001")).rejects.toMatchObject({ message: /no voice calls/ });
  });

  it("finds an exact number, and reports one that is not the account's", async () => {
    const { account } = await emulated();
    expect(await account.number("+15550100001")).toMatchObject({
      voiceMethod: "POST",
      voiceReceiveMode: "voice",
    });
    await expect(account.number("+1555010000")).rejects.toMatchObject({
      category: "not-found",
      hint: expect.stringContaining("init"),
    });
  });

  it("points a number elsewhere", async () => {
    const { account, emulator } = await emulated();
    const { sid } = await account.number("+15550100000");
    const after = await account.updateNumber(sid, {
      voiceUrl: "https://new.example.com/voice#rc=2",
      voiceMethod: "GET",
    });
    expect(after).toMatchObject({ sid, voiceUrl: "https://new.example.com/voice#rc=2", voiceMethod: "GET" });
    expect(emulator.numbers[0]?.voiceUrl).toBe(after.voiceUrl);
  });

  it("makes an API key", async () => {
    const sid = `SK${"a".repeat(32)}`;
    const { account, requests } = await against(() => ({ status: 201, body: { sid, secret: "told-once" } }));
    expect(await account.createApiKey("warm-transfer")).toEqual({ sid, secret: "told-once" });
    expect(requests[0]).toMatchObject({ method: "POST", form: { FriendlyName: ["warm-transfer"] } });
  });

  it("gives a hint when it may not create an API key", async () => {
    const { account } = await against(() => restError(401, 20003));
    await expect(account.createApiKey("warm-transfer")).rejects.toMatchObject({
      category: "auth",
      hint: expect.stringContaining("TWILIO_API_KEY"),
    });
  });

  it("returns Twilio's time", async () => {
    const { account } = await emulated();
    const { at, asked, answered } = await account.serverTime();
    expect(at).toBeGreaterThanOrEqual(asked - 1000);
    expect(at).toBeLessThanOrEqual(answered);
  });
});
