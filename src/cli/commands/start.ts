import type { Context } from "../context.ts";

export interface StartFlags {
  port?: number;
  publicUrl?: string;
  tunnel?: "ngrok" | "cloudflared";
  ngrokDomain?: string;
  number?: string;
  agents?: string[];
  language?: "en" | "ja";
  /** Point the number without asking. */
  yes?: boolean;
  takeOver?: boolean;
  /** How long the tunnel, the public URL and each request to Twilio may take, in milliseconds. */
  timeout?: number;
  /** Milliseconds, or true without a time. */
  drain?: number | true;
  log?: string;
  numbers?: boolean;
}

const DRAIN_MS = 5 * 60_000;

/**
 * Server, tunnel, number; then the live calls until it is asked to end.
 * @throws AppError what is missing or wrong, and what to type; nothing runs then
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
