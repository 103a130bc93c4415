import { Router } from "express";
import type { AgentId } from "../../call/types.ts";
import { AppError } from "../../errors.ts";
import { agentOnly, principalOf } from "../auth/guards.ts";
import type { Limits } from "../auth/limits.ts";
import type { ServerContext } from "../context.ts";
import { readBody, refusedLineBody } from "./bodies.ts";

/** A page tries again every 30 s; the log repeats a warning after this long. */
const AGAIN_MS = 10 * 60_000;

const SIGNATURE = "Check that TWILIO_API_SECRET belongs to TWILIO_API_KEY, and that the key still exists.";
const EXPIRED =
  "This machine's clock may be wrong: compare it with the time of day, and start time synchronization.";
const INVALID =
  "Check that TWILIO_API_KEY still exists and belongs to TWILIO_ACCOUNT_SID, and that the account uses this region.";

/** What to do about a code of www.twilio.com/docs/api/errors. */
const HINTS: Readonly<Record<number, string>> = {
  20104: EXPIRED,
  20105: EXPIRED,
  20107: SIGNATURE,
  31202: SIGNATURE,
  31205: EXPIRED,
  31207: EXPIRED,
};

function refusal(agent: AgentId, code: number): AppError {
  return new AppError("auth", `Twilio refused the access token of ${agent}'s page (error ${code}).`, {
    hint: HINTS[code] ?? INVALID,
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
    for (const [key, at] of warnedAt) if (now() - at >= AGAIN_MS) warnedAt.delete(key);
    const key = `${principal.agent} ${code}`;
    if (!warnedAt.has(key)) {
      warnedAt.set(key, now());
      onError(refusal(principal.agent, code));
    }
    response.status(204).end();
  });
  return router;
}
