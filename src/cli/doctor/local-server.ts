import { findServer } from "../../compose/find-server.ts";
import { AppError } from "../../errors.ts";
import type { Settings } from "../../config/settings.ts";
import type { Health, ServerInfo } from "../../server/control-api.ts";
import { createClient } from "../control/client.ts";
import { assertToken } from "../control/with-control.ts";

const TIMEOUT_MS = 5_000;

/** The running server of this folder. */
export interface LocalServer {
  /** On this machine. */
  localUrl: string;
  instance: string;
  publicUrl: string;
  refusedSignatures: ServerInfo["refusedSignatures"];
}

/** @throws AppError conflict when another program listens there */
async function isUp(localUrl: string, timeoutMs: number): Promise<boolean> {
  const signal = AbortSignal.timeout(timeoutMs);
  const answer = await fetch(`${localUrl}/healthz`, { signal }).catch(() => undefined);
  if (!answer) return false;
  const health = (await answer.json().catch(() => null)) as Partial<Health> | null;
  if (typeof health?.instance === "string") return true;
  throw new AppError("conflict", `Another program answers at ${localUrl}.`, {
    hint: "Stop it, or set another PORT.",
  });
}

/**
 * Fetches the public URL of this folder's server. Undefined: none is running.
 * @throws AppError when something else answers there, or the server refuses the operator token
 */
export async function findLocalServer(
  settings: Settings,
  { interrupted, timeoutMs = TIMEOUT_MS }: { interrupted: AbortSignal; timeoutMs?: number | undefined },
): Promise<LocalServer | undefined> {
  const localUrl = await findServer({ given: undefined, cwd: settings.cwd, port: settings.port.value });
  if (!(await isUp(localUrl, timeoutMs))) return undefined;
  assertToken(settings.operatorToken.value);
  const client = createClient({
    url: localUrl,
    token: settings.operatorToken.value,
    timeoutMs,
    interrupted,
  });
  const { instance, publicUrl, refusedSignatures } = (await client.request(
    "GET",
    "/api/server",
  )) as ServerInfo;
  return { localUrl, instance, publicUrl, refusedSignatures };
}
