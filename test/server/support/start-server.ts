import { afterEach } from "vitest";
import { type RunningServer, type ServerDeps, startServer } from "../../../src/compose/server.ts";
import type { Config } from "../../../src/config/config.ts";
import type { AppError } from "../../../src/errors.ts";
import type { Emulator } from "../../../src/emulator/emulator.ts";
import { startEmulator } from "../../../src/emulator/start-emulator.ts";
import type { EmulatorOptions } from "../../../src/emulator/types.ts";

export const NUMBER = "+15550100000";
export const CUSTOMER = "+15550111111";
export const OPERATOR = "operator-token-of-the-tests";

export const config = (change: Partial<Config> = {}): Config => ({
  accountSid: `AC${"1".repeat(32)}`,
  authToken: "an-auth-token",
  apiKey: `SK${"2".repeat(32)}`,
  apiSecret: "an-api-secret",
  number: NUMBER,
  publicUrl: null,
  port: 0,
  agents: [
    { id: "agent1", name: "Ann" },
    { id: "agent2", name: "Bob" },
    { id: "agent3", name: "Cleo" },
  ],
  operatorToken: OPERATOR,
  sessionSecret: "a-session-secret-of-32-characters",
  twilioApiBaseUrl: "http://127.0.0.1:9",
  language: "en",
  greeting: null,
  storeUrl: "memory:",
  ringSeconds: 20,
  retryAfter: 10_000,
  ...change,
});

export interface TestServer extends RunningServer {
  errors: AppError[];
  config: Config;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A server without a Twilio behind it: its REST requests fail. Closed after the test. */
export async function aServer(change: Partial<Config> = {}, deps: ServerDeps = {}): Promise<TestServer> {
  const errors: AppError[] = [];
  const settings = config(change);
  const server = await startServer(settings, { onError: (error) => errors.push(error), ...deps });
  closing.push(() => server.close());
  // Not a copy: its URL may change.
  return Object.assign(server, { errors, config: settings });
}

/** A server with a local Twilio behind it, whose number points at the server. */
export async function aServerWithTwilio(
  options: EmulatorOptions = {},
  change: Partial<Config> = {},
  deps: ServerDeps = {},
): Promise<{ server: TestServer; twilio: Emulator }> {
  const { accountSid, authToken, apiKey, apiSecret } = config();
  const numbers = [{ phoneNumber: NUMBER }];
  const twilio = await startEmulator({
    accountSid,
    authToken,
    apiKey,
    apiSecret,
    numbers,
    media: "none",
    ...options,
  });
  closing.push(() => twilio.close());
  const server = await aServer({ twilioApiBaseUrl: twilio.url, ...change }, deps);
  twilio.configureNumber(NUMBER, {
    voiceUrl: `${server.url}/conference/connect/client`,
    voiceFallbackUrl: `${server.url}/fallback`,
    statusCallback: `${server.url}/call/events`,
  });
  return { server, twilio };
}
