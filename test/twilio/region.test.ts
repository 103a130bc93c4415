import { createServer } from "node:net";
import { once } from "node:events";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { connectAccount } from "../../src/compose/account.ts";
import { loadSettings, serverConfig } from "../../src/config/load.ts";
import { createAccessToken } from "../../src/twilio/access-token.ts";
import { createTelephony } from "../../src/twilio/telephony.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { startConnectProxy } from "./support/connect-proxy.ts";
import { AGENT, CALL, LABEL, settings } from "./support/values.ts";

afterEach(() => vi.unstubAllEnvs());

/** A proxy to nowhere: where requests would go is all that is asked. */
async function aProxy() {
  const nowhere = createServer((socket) => void socket.destroy());
  await once(nowhere.listen(0, "127.0.0.1"), "listening");
  const proxy = await startConnectProxy((nowhere.address() as { port: number }).port);
  onTestFinished(async () => {
    await proxy.close();
    nowhere.close();
  });
  vi.stubEnv("HTTP_PROXY", proxy.url);
  return proxy;
}

const variables = {
  TWILIO_ACCOUNT_SID: settings.accountSid,
  TWILIO_AUTH_TOKEN: "a-token",
  TWILIO_API_KEY: settings.apiKey,
  TWILIO_API_SECRET: settings.apiSecret,
  TWILIO_NUMBER: "+15550100000",
  OPERATOR_TOKEN: "an-operator-token",
  AGENTS: "",
};
const agents = [{ id: "agent1", name: "Ann" }];
const load = (env: Record<string, string>) =>
  loadSettings({ cwd: temporaryFolder(), env: { ...variables, ...env }, flags: { agents } });
const headerOf = (token: string): unknown =>
  JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString());

describe("TWILIO_REGION and TWILIO_EDGE", () => {
  it.each([
    [{ TWILIO_REGION: "ie1" }, "api.dublin.ie1.twilio.com:443"],
    [{ TWILIO_REGION: "au1", TWILIO_EDGE: "singapore" }, "api.singapore.au1.twilio.com:443"],
    [{ TWILIO_EDGE: "sydney" }, "api.sydney.us1.twilio.com:443"],
    [{}, "api.twilio.com:443"],
  ])("%j: every request goes to %s", async (env, host) => {
    const proxy = await aProxy();
    const config = serverConfig(await load(env));
    const order = {
      call: CALL,
      label: LABEL,
      party: { kind: "agent", agent: AGENT } as const,
      ringSeconds: 20,
    };
    const telephony = createTelephony({ ...settings, ...config, apiBaseUrl: null });
    await expect(telephony.dial(order)).rejects.toMatchObject({ category: "network" });
    const account = await connectAccount({ ...config, apiBaseUrl: null });
    await expect(account.check()).rejects.toMatchObject({ category: "network" });
    expect(proxy.targets).toEqual([host, host]);
  });

  it("of this process do nothing for an account that has none", async () => {
    const proxy = await aProxy();
    vi.stubEnv("TWILIO_REGION", "ie1");
    const account = await connectAccount({
      accountSid: settings.accountSid,
      authToken: "t",
      apiBaseUrl: null,
    });
    await expect(account.check()).rejects.toThrow();
    expect(proxy.targets).toEqual(["api.twilio.com:443"]);
  });

  it("stand in access tokens: Twilio looks the key up in that region", async () => {
    const regional = serverConfig(await load({ TWILIO_REGION: "ie1" }));
    expect(headerOf(createAccessToken(regional, "agent1"))).toMatchObject({ twr: "ie1" });
    const usual = serverConfig(await load({}));
    expect(headerOf(createAccessToken(usual, "agent1"))).not.toHaveProperty("twr");
  });

  it.each([
    [{ TWILIO_REGION: "Ireland" }, "TWILIO_REGION is malformed."],
    [{ TWILIO_EDGE: "dublin.example.com" }, "TWILIO_EDGE is malformed."],
    [{ TWILIO_REGION: "xx1" }, "TWILIO_REGION xx1 needs TWILIO_EDGE."],
    [{ TWILIO_REGION: "ie1", TWILIO_API_BASE_URL: "http://127.0.0.1:9" }, /no meaning for a local Twilio/],
  ])("%j is refused: %s", async (env, message) => {
    const loaded = await load(env);
    expect(() => serverConfig(loaded)).toThrow(message);
  });
});
