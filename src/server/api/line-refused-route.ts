import { Router } from "express";
import type { AgentId } from "../../call/types.ts";
import { AppError } from "../../errors.ts";
import { agentOnly, principalOf } from "../auth/guards.ts";
import type { Limits } from "../auth/limits.ts";
import { type RefusalCause, refusalCauseOf } from "../../wire/line-errors.ts";
import type { ServerContext } from "../context.ts";
import { readBody, refusedLineBody } from "./bodies.ts";

/** How long the log stays silent about a repeated report, in ms. A page tries again every 30 s. */
const WARN_AGAIN_MS = 10 * 60_000;

const HINTS: Readonly<Record<RefusalCause, string>> = {
  clock:
    "This machine's clock may be wrong: compare it with the time of day, and start time synchronization.",
  signature: "Check that TWILIO_API_SECRET belongs to TWILIO_API_KEY, and that the key still exists.",
  token:
    "Check that TWILIO_API_KEY still exists and belongs to TWILIO_ACCOUNT_SID, and that the account uses this region.",
  unexplained:
    "Twilio gave no cause. Run: warm-transfer doctor. If it finds nothing, look at status.twilio.com.",
};

function refusal(agent: AgentId, code: number): AppError {
  const cause = refusalCauseOf(code) ?? "token";
  const what = cause === "unexplained" ? "connection" : "access token";
  return new AppError("auth", `Twilio refused the ${what} of ${agent}'s page (error ${code}).`, {
    hint: HINTS[cause],
    docs: `https://www.twilio.com/docs/api/errors/${code}`,
    code: "token-refused",
  });
}

/**
 * `POST /api/line-refused`: warns once per code and agent, and counts every report. After `authenticated`.
 */
export function lineRefusedRoute({ metrics, now, onError }: ServerContext, limits: Limits): Router {
  const warnedAt = new Map<string, number>();
  const router = Router();
  router.post("/line-refused", agentOnly, limits.commands, (request, response) => {
    const principal = principalOf(response);
    const { code } = readBody(refusedLineBody, request);
    if (principal.kind !== "agent") return;
    metrics.tokenRefused(code);
    for (const [key, at] of warnedAt) if (now() - at >= WARN_AGAIN_MS) warnedAt.delete(key);
    const key = `${principal.agent} ${code}`;
    if (!warnedAt.has(key)) {
      warnedAt.set(key, now());
      onError(refusal(principal.agent, code));
    }
    response.status(204).end();
  });
  return router;
}
