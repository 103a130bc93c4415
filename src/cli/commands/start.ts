import type { Context } from "../context.ts";

export interface StartFlags {
  port?: number;
  publicUrl?: string;
  tunnel?: "ngrok" | "cloudflared";
  ngrokDomain?: string;
  number?: string;
  agents?: string[];
  language?: "en" | "ja";
  /** Point the number without a prompt. */
  yes?: boolean;
  takeOver?: boolean;
  /** For the tunnel, the public URL and each request to Twilio, in milliseconds. */
  timeout?: number;
  /** Milliseconds. True: the default. */
  drain?: number | true;
  log?: string;
  numbers?: boolean;
}

const DRAIN_MS = 5 * 60_000;

/**
 * Starts server and tunnel, points the number, and shows live calls until Ctrl-C.
 * @throws AppError: nothing runs then
 */
export async function start(flags: StartFlags, context: Context): Promise<number> {
  const { makePlan } = await import("../start/make-plan.ts");
  const plan = await makePlan(flags, context);
  const { serveCalls } = await import("../start/serve-calls.ts");
  const { mayPoint } = await import("../start/may-point.ts");
  return serveCalls(
    {
      plan,
      drainMs: flags.drain === true ? DRAIN_MS : (flags.drain ?? null),
      showNumbers: flags.numbers === true,
      mayPoint: (proposal) => mayPoint(proposal, flags.yes === true, context),
    },
    context,
  );
}
