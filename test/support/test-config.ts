import type { Config } from "../../src/config/config.ts";

export const NUMBER = "+15550100000";
export const OPERATOR = "operator-token-of-the-tests-0123456789";

/** A whole configuration of a server on any free port, with three agents and no Twilio behind it. */
export const testConfig = (change: Partial<Config> = {}): Config => ({
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
  sessionSecret: "session-secret-of-the-tests-0123456789",
  twilioApiBaseUrl: "http://127.0.0.1:9",
  language: "en",
  greeting: null,
  storeUrl: "memory:",
  ringSeconds: 20,
  retryAfter: 10_000,
  maxCallMinutes: 240,
  ...change,
});
