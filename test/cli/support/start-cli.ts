import { onTestFinished } from "vitest";
import { type Emulator, startEmulator } from "local-twilio";
import { freePort } from "../../support/world/free-port.ts";
import { type Running, startCli } from "./run-cli.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

export const NUMBER = "+15550100000";
export const OLD_URL = "http://127.0.0.1:9/before";
export const OPERATOR = "operator-token-of-the-tests";

export interface Started extends Running {
  ready: {
    event: string;
    server: { url: string };
    publicUrl: string;
    number: string;
    agents: { id: string; name: string; signIn: string }[];
    accountSid: string;
  };
  /** The objects on stdout so far. */
  events: () => Record<string, unknown>[];
}

/** A local Twilio in this process, and a folder in which `warm-transfer start` is typed. */
export interface StartCli {
  twilio: Emulator;
  cwd: string;
  env: Record<string, string>;
  port: number;
  /** The number's voice URL without what stands after its `#`. */
  voiceUrl: () => string;
  /** Types `warm-transfer start --json`; it is ended with the test. */
  start: (...words: string[]) => Promise<Started>;
}

export async function aStartCli(): Promise<StartCli> {
  const numbers = [{ phoneNumber: NUMBER, voiceUrl: OLD_URL }];
  const twilio = await startEmulator({ media: "none", numbers });
  const cwd = temporaryFolder();
  const port = await freePort();
  const { accountSid, authToken, apiKey, apiSecret } = twilio.credentials;
  const env = {
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_API_KEY: apiKey,
    TWILIO_API_SECRET: apiSecret,
    TWILIO_API_BASE_URL: twilio.url,
    TWILIO_NUMBER: NUMBER,
    OPERATOR_TOKEN: OPERATOR,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
  };
  onTestFinished(() => twilio.close());
  return {
    twilio,
    cwd,
    env,
    port,
    voiceUrl: () => twilio.numbers[0]?.voiceUrl.replace(/#.*/, "") ?? "",
    async start(...words) {
      const running = await startCli(["start", "--json", "--agents", "anna,ben", ...words], { env, cwd });
      onTestFinished(async () => void (await running.end("SIGKILL")));
      return {
        ...running,
        ready: running.ready as unknown as Started["ready"],
        events: () => running.lines.map((line) => JSON.parse(line) as Record<string, unknown>),
      };
    },
  };
}
