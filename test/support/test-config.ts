import type { Config } from "../../src/config/config.ts";
import settings from "./test-config.json" with { type: "json" };

export const NUMBER = settings.number;
export const OPERATOR = settings.operatorToken;

/**
 * A whole configuration of a server on any free port, with three agents and no Twilio behind it. The settings are in a JSON
 * file so that the benches, which run without a compiler, start their servers with the same ones.
 */
export const testConfig = (change: Partial<Config> = {}): Config => ({
  ...settings,
  language: "en",
  ...change,
});
