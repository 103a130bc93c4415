import { findServer } from "../../compose/find-server.ts";
import type { Settings } from "../../config/settings.ts";
import type { Health, ServerInfo } from "../../server/control-api.ts";
import { createClient } from "../control/client.ts";

const TIMEOUT_MS = 5_000;

/** The server that runs for this folder. */
export interface Running {
  /** On this machine. */
  localUrl: string;
  instance: string;
  publicUrl: string;
}

/**
 * Asks the server of this folder where Twilio reaches it; undefined when none runs.
 * @throws AppError when something else answers there, or refuses the operator's token
 */
export async function findRunning(settings: Settings, asked: AbortSignal): Promise<Running | undefined> {
  const localUrl = await findServer({ given: undefined, cwd: settings.cwd, port: settings.port.value });
  const isUp = await fetch(`${localUrl}/healthz`, { signal: AbortSignal.timeout(TIMEOUT_MS) }).then(
    async (answer) => typeof ((await answer.json()) as Partial<Health>).instance === "string",
    () => false,
  );
  if (!isUp) return undefined;
  const client = createClient({
    url: localUrl,
    token: settings.operatorToken.value,
    timeoutMs: TIMEOUT_MS,
    asked,
  });
  const { instance, publicUrl } = (await client.ask("GET", "/api/server")) as ServerInfo;
  return { localUrl, instance, publicUrl };
}
