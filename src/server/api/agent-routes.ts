import { type Request, type Response, Router } from "express";
import type { AgentId } from "../../call/types.ts";
import { AppError } from "../../errors.ts";
import { type RefusalCause, refusalCauseOf } from "../../wire/line-errors.ts";
import { agentOf, agentOnly, type Limits } from "../auth/guards.ts";
import type { ServerContext } from "../context.ts";
import type { Me } from "../control-api.ts";
import type { AgentStreams } from "../streams/agent-streams.ts";
import type { Handshakes, Limit } from "../streams/stream.ts";
import { eventsQuery, readBody, readBy, refusedLineBody } from "./requests.ts";

/** Per browser, and per agent in all browsers. */
const limitsOf = (agent: AgentId, session: string): Limit[] => [
  [`session ${session}`, 20],
  [`agent ${agent}`, 60],
];

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

type Warning = Pick<ServerContext, "metrics" | "now" | "onError">;

/** Warns once per code and agent, and counts every report. */
function lineRefused({ metrics, now, onError }: Warning) {
  const warnedAt = new Map<string, number>();
  return (request: Request, response: Response): void => {
    const { agent } = agentOf(response);
    const { code } = readBody(refusedLineBody, request);
    metrics.tokenRefused(code);
    for (const [key, at] of warnedAt) if (now() - at >= WARN_AGAIN_MS) warnedAt.delete(key);
    const key = `${agent} ${code}`;
    if (!warnedAt.has(key)) {
      warnedAt.set(key, now());
      onError(refusal(agent, code));
    }
    response.status(204).end();
  };
}

/** `/api/me`, `/api/events`, `/api/line-refused`: an agent's own page; after `authenticated`. */
export function agentRoutes(
  context: Warning & Pick<ServerContext, "nameOf">,
  { streams, handshakes, limits }: { streams: AgentStreams; handshakes: Handshakes; limits: Limits },
): Router {
  const router = Router();
  router.get("/me", agentOnly, (_request, response) => {
    const { agent } = agentOf(response);
    response.json({ agent: { id: agent, name: context.nameOf(agent) } } satisfies Me);
  });
  router.get("/events", agentOnly, (request, response) => {
    const principal = agentOf(response);
    const { line, "takes-calls": takes } = readBy(eventsQuery, request.query);
    const said = { takesCalls: takes !== "off", hasLine: line === undefined ? null : line === "on" };
    handshakes.accept(request, response, limitsOf(principal.agent, principal.session), (socket) =>
      streams.open({ ...principal, ...said }, socket),
    );
  });
  router.post("/line-refused", agentOnly, limits.commands, lineRefused(context));
  return router;
}
