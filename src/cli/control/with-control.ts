import { findOperated } from "../../compose/find-server.ts";
import { AppError } from "../../errors.ts";
import type { Context } from "../context.ts";
import { INTERRUPTED } from "../exit-codes.ts";
import { whileWaiting } from "../while-waiting.ts";
import { type Client, createClient } from "./client.ts";
import { type Control, createControl } from "./control.ts";
import { operatorSettings } from "./settings.ts";

/** Flags of every operator's command. */
export interface ServerFlags {
  /** An address; the server of this folder when it is left out. */
  server?: string;
  /** Milliseconds. */
  timeout?: number;
}

export const TIMEOUT_MS = 10_000;

/** The code of the error when no operator token is set. */
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
 * The server that is meant, with this operator's token. Sends nothing yet.
 * @throws AppError usage for a wrong address, config without a token
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

/** Does an operator's work; what an interruption breaks off is no error. @returns the exit code @throws AppError */
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
