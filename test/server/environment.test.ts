import { describe, expect, it, onTestFinished } from "vitest";
import { startEmulator } from "local-twilio";
import { startServer } from "../../src/compose/server.ts";
import { loadSettings, serverConfig } from "../../src/config/load.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { bringAgent } from "../support/world/people-at-work.ts";

const SECRETS = {
  OPERATOR_TOKEN: "operator-token-of-the-tests-0123456789",
  SESSION_SECRET: "session-secret-of-the-tests-0123456789",
};
const AGENTS = [{ id: "agent1", name: "Ann" }];

async function configFrom(env: Record<string, string>) {
  return serverConfig(await loadSettings({ cwd: temporaryFolder(), env, flags: { agents: AGENTS } }));
}

async function localTwilio() {
  const emulator = await startEmulator({ media: "none" });
  onTestFinished(() => emulator.close());
  const { accountSid, authToken, apiKey, apiSecret } = emulator.credentials;
  const env = {
    ...SECRETS,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_API_KEY: apiKey,
    TWILIO_API_SECRET: apiSecret,
    TWILIO_NUMBER: emulator.numbers[0]?.phoneNumber ?? "",
    TWILIO_API_BASE_URL: emulator.url,
    PORT: "0",
  };
  return { emulator, env };
}

describe("a server configured by environment variables", () => {
  it("dials through the local Twilio that TWILIO_API_BASE_URL names", async () => {
    const { emulator, env } = await localTwilio();
    const server = await startServer(await configFrom(env));
    onTestFinished(() => server.close());
    emulator.configureNumber(env.TWILIO_NUMBER, { voiceUrl: `${server.url}/conference/connect/client` });
    const settle = async (): Promise<void> => {
      await emulator.settled();
      await server.idle();
    };
    const agent = await bringAgent({ emulator, server, settle }, "agent1");
    await emulator.people.add("+15550111111").call(env.TWILIO_NUMBER);
    await agent.person.until("ringing");
  });

  it.each(["https://api.twilio.example", "http://192.0.2.1:4010", "http://127.0.0.1.example.com:4010"])(
    "does not start when TWILIO_API_BASE_URL is %s, so that credentials stay on this machine (invariant 11)",
    async (address) => {
      const { env } = await localTwilio();
      const config = await configFrom({ ...env, TWILIO_API_BASE_URL: address });
      await expect(startServer(config)).rejects.toMatchObject({ category: "config" });
    },
  );

  it("names the missing variable", async () => {
    const { env } = await localTwilio();
    const { TWILIO_AUTH_TOKEN: _, ...withoutToken } = env;
    await expect(configFrom(withoutToken)).rejects.toMatchObject({
      category: "config",
      message: "TWILIO_AUTH_TOKEN is not set.",
    });
  });
});
