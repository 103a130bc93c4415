import type { Context } from "../context.ts";
import type { StartFlags } from "../start/make-plan.ts";

const DRAIN_MS = 5 * 60_000;

/**
 * Starts server and tunnel, points the number, and shows live calls until Ctrl-C.
 * @throws AppError: nothing runs then
 */
export async function start(flags: StartFlags, context: Context): Promise<number> {
  const { makePlan } = await import("../start/make-plan.ts");
  const plan = await makePlan(flags, context);
  const { serveCalls } = await import("../start/serve-calls.ts");
  const { confirmPointing } = await import("../start/confirm-pointing.ts");
  return serveCalls(
    {
      plan,
      drainMs: flags.drain === true ? DRAIN_MS : (flags.drain ?? null),
      showNumbers: flags.numbers === true,
      confirmPointing: (proposal) => confirmPointing(proposal, flags.yes === true, context),
    },
    context,
  );
}
