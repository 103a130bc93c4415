import { findOperated } from "../../compose/find-server.ts";
import { AppError } from "../../errors.ts";
import type { Context } from "../context.ts";
import { INTERRUPTED } from "../exit-codes.ts";
import { whileWaiting } from "../while-waiting.ts";
import { type Client, createClient } from "./client.ts";
import { type Control, createControl } from "./control.ts";
import { operatorSettings } from "./settings.ts";

export interface ServerFlags {
  /** URL. Default: the server of this folder. */
  server?: string;
  /** Milliseconds. */
  timeout?: number;
}

export const TIMEOUT_MS = 10_000;

/** The error code when OPERATOR_TOKEN is not set. */
export const NO_TOKEN = "no-token";

/** @throws AppError config */
export function assertToken(token: string): void {
  if (/^[!-~]+$/.test(token)) return;
  if (token === "")
    throw new AppError("config", "OPERATOR_TOKEN is not set.", {
      hint: "Run this where you ran warm-transfer init, or export the server's OPERATOR_TOKEN.",
      code: NO_TOKEN,
    });
  throw new AppError("config", "OPERATOR_TOKEN contains characters that a token cannot have.", {
    hint: "Set OPERATOR_TOKEN in the environment or .env to the server's value.",
  });
}

/**
 * Finds the server and its operator token. Sends no request.
 * @throws AppError usage for a malformed URL, config without a token
 */
export async function openControl({ server, timeout }: ServerFlags, context: Context): Promise<Control> {
  const { token: ownToken, port } = await operatorSettings(context);
  const { url, token } = await findOperated({ given: server, cwd: context.cwd, port }, ownToken);
  assertToken(token);
  const { interrupted, output } = context;
  const client = createClient({ url, token, timeoutMs: timeout ?? TIMEOUT_MS, interrupted });
  const request: Client["request"] = (...request) =>
    whileWaiting(`the server at ${url}`, output, () => client.request(...request));
  return createControl({ ...client, request });
}

/** Runs a command against the server. @returns the exit code; 130 after Ctrl-C @throws AppError */
export async function withControl(
  flags: ServerFlags,
  context: Context,
  work: (control: Control) => Promise<number>,
): Promise<number> {
  try {
    return await work(await openControl(flags, context));
  } catch (thrown) {
    if (context.interrupted.aborted) return INTERRUPTED;
    throw thrown;
  }
}
