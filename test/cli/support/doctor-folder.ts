import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { startEmulator } from "local-twilio";
import { doctor } from "../../../src/cli/commands/doctor.ts";
import type { Finding } from "../../../src/cli/doctor/finding.ts";
import { openNumber } from "../../../src/cli/number/open-number.ts";
import { pointNumber } from "../../../src/compose/number/point.ts";
import { startServer } from "../../../src/compose/server.ts";
import { loadSettings, serverConfig } from "../../../src/config/load.ts";
import { standInPages } from "../../support/stand-in-pages.ts";
import { freePort } from "../../support/world/free-port.ts";
import { aContext } from "./context.ts";
import { memoryOutput } from "./memory-output.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

export const NUMBER = "+15550100000";
export const OPERATOR_TOKEN = "operator-token-of-the-tests-0123456789";

type Variables = Record<string, string>;

/** A folder that is set up, with a local Twilio; `change` changes the `.env` before it is written. */
export async function aFolder(change: Variables = {}) {
  const cwd = temporaryFolder();
  const emulator = await startEmulator({ media: "none", numbers: [{ phoneNumber: NUMBER }] });
  onTestFinished(() => emulator.close());
  const { accountSid, authToken, apiKey, apiSecret } = emulator.credentials;
  const port = await freePort();
  const variables: Variables = {
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_API_KEY: apiKey,
    TWILIO_API_SECRET: apiSecret,
    OPERATOR_TOKEN,
    TWILIO_API_BASE_URL: emulator.url,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    ...change,
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}="${value}"`);
  writeFileSync(join(cwd, ".env"), lines.join("\n"), { mode: 0o600 });
  const project = { number: NUMBER, agents: [{ id: "agent1", name: "Agent 1" }] };
  writeFileSync(join(cwd, "warm-transfer.json"), JSON.stringify(project));
  return { cwd, emulator, port };
}

/** The server of a folder, until the test ends. */
export async function startIn(cwd: string) {
  const config = serverConfig(await loadSettings({ cwd, env: {} }));
  const server = await startServer(config, { pagesDir: standInPages(), onError: () => {} });
  onTestFinished(() => server.close());
  return server;
}

/** Points the folder's number at a server, as `start` does, with its backup in the folder. */
export async function pointAt(publicUrl: string, cwd: string): Promise<void> {
  const { account, number, dir, settings } = await openNumber({ number: NUMBER }, { cwd, env: {} });
  const twilioApiBaseUrl = settings.twilioApiBaseUrl.value;
  await pointNumber({ account, number, dir, publicUrl, language: "en", twilioApiBaseUrl, takeOver: false });
}

/** What doctor finds there. */
export async function ask(cwd: string, env: Variables = {}, timeout = 5000) {
  const { output, written } = memoryOutput({ json: true });
  const code = await doctor({ timeout }, aContext(output, { cwd, env }));
  const { ok, checks } = JSON.parse(written.stdout) as { ok: boolean; checks: Finding[] };
  const found = (check: string): string[] =>
    checks.filter((finding) => finding.check === check).map(({ state, message }) => `${state}: ${message}`);
  return { code, ok, checks, found, text: written.stdout + written.stderr };
}
