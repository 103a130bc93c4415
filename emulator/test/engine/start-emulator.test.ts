import { describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { startEmulator } from "../../src/start-emulator.ts";
import type { EmulatorOptions } from "../../src/types.ts";
import { NUMBER, startEmulatorStage } from "../support/emulator-stage.ts";

async function start(options: EmulatorOptions = {}) {
  const emulator = await startEmulator({ media: "none", ...options });
  onTestFinished(() => emulator.close());
  return emulator;
}

describe("an emulator", () => {
  it("starts with credentials of its own, one number, and a free port of this machine", async () => {
    const [one, two] = [await start(), await start()];
    expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(one.url).not.toBe(two.url);
    expect(one.credentials).toEqual({
      accountSid: expect.stringMatching(/^AC[0-9a-f]{32}$/),
      authToken: expect.stringMatching(/^[0-9a-f]{32}$/),
      apiKey: expect.stringMatching(/^SK[0-9a-f]{32}$/),
      apiSecret: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(one.credentials.authToken).not.toBe(two.credentials.authToken);
    expect(one.numbers).toMatchObject([{ phoneNumber: NUMBER, voiceUrl: "", voiceMethod: "POST" }]);
    expect(one.clock).toBe(systemClock);
  });

  it.each([
    [{ accountSid: "AC1" }, "accountSid must be AC and 32 hexadecimal digits"],
    [{ apiKey: "AC00000000000000000000000000000000" }, "apiKey must be SK and 32 hexadecimal digits"],
    [{ authToken: "" }, "authToken must not be empty"],
  ])("refuses %j", async (options, message) => {
    await expect(startEmulator({ media: "none", ...options })).rejects.toThrow(message);
  });

  it("says that its port is taken", async () => {
    const { url } = await start();
    await expect(startEmulator({ media: "none", port: Number(new URL(url).port) })).rejects.toThrow(
      "EADDRINUSE",
    );
  });

  it("points only its own numbers at an app", async () => {
    const emulator = await start();
    emulator.configureNumber(NUMBER, { voiceUrl: "http://127.0.0.1:1/voice" });
    expect(emulator.numbers[0]?.voiceUrl).toBe("http://127.0.0.1:1/voice");
    expect(() => emulator.configureNumber("+15550199999", {})).toThrow("is not a number of this emulator");
  });

  it("ends all calls when it closes, and sends the app no more requests", async () => {
    const { emulator, app, rings } = await startEmulatorStage();
    emulator.configureNumber(NUMBER, { statusCallback: `${app.url}/ended` });
    app.on("/voice", "<Dial><Conference>room</Conference></Dial>");
    const customer = await rings();
    await emulator.close();
    await emulator.settled();
    expect(customer.state).toBe("idle");
    expect(app.to("/ended")).toEqual([]);
    await expect(fetch(emulator.url)).rejects.toThrow();
  });

  it("answers REST, inspector and unknown addresses on one port", async () => {
    const { url, credentials } = await start();
    const { accountSid, authToken } = credentials;
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
    const account = await fetch(`${url}/2010-04-01/Accounts/${accountSid}.json`, {
      headers: { authorization },
    });
    expect(await account.json()).toMatchObject({ sid: accountSid });
    expect((await fetch(`${url}/inspector`)).status).toBe(200);
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
  });
});
