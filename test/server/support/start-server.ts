import { onTestFinished } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "local-twilio";
import { type RunningServer, type ServerDeps, startServer } from "../../../src/compose/server.ts";
import type { Config } from "../../../src/config/config.ts";
import type { AppError } from "../../../src/errors.ts";
import { NUMBER, testConfig } from "../../support/test-config.ts";

export { NUMBER, OPERATOR } from "../../support/test-config.ts";
export const CUSTOMER = "+15550111111";

export interface TestServer extends RunningServer {
  errors: AppError[];
  config: Config;
}

/** A server without a Twilio behind it: its REST requests fail. Closed after the test. */
export async function aServer(change: Partial<Config> = {}, deps: ServerDeps = {}): Promise<TestServer> {
  const errors: AppError[] = [];
  const settings = testConfig(change);
  const server = await startServer(settings, { onError: (error) => errors.push(error), ...deps });
  onTestFinished(() => server.close());
  // Not a copy: its URL may change.
  return Object.assign(server, { errors, config: settings });
}

/** A server with a local Twilio behind it, whose number points at the server. */
export async function aServerWithTwilio(
  options: EmulatorOptions = {},
  change: Partial<Config> = {},
  deps: ServerDeps = {},
): Promise<{ server: TestServer; twilio: Emulator }> {
  const { accountSid, authToken, apiKey, apiSecret } = testConfig();
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
  onTestFinished(() => twilio.close());
  const server = await aServer({ twilioApiBaseUrl: twilio.url, ...change }, deps);
  twilio.configureNumber(NUMBER, {
    voiceUrl: `${server.url}/conference/connect/client`,
    voiceFallbackUrl: `${server.url}/fallback`,
    statusCallback: `${server.url}/call/events`,
  });
  return { server, twilio };
}
