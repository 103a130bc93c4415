import { type Response, Router } from "express";
import { AppError } from "../../errors.ts";
import { principalOf } from "../auth/guards.ts";
import type { Principal } from "../auth/principal.ts";
import type { ServerContext } from "../context.ts";
import type { Me } from "../control-api.ts";
import type { AgentStreams } from "../streams/agent-streams.ts";
import { sendError } from "../send-error.ts";
import { eventsQuery, readBy } from "./bodies.ts";
import type { Handshakes, Limit } from "../streams/handshakes.ts";

type Agent = Extract<Principal, { kind: "agent" }>;

/** Per browser, and per agent in all browsers. */
const limitsOf = ({ agent, session }: Agent): Limit[] => [
  [`session ${session}`, 20],
  [`agent ${agent}`, 60],
];

/** The signed-in agent. Answers 403 to an operator and returns undefined. */
function agentOnly(response: Response): Agent | undefined {
  const principal = principalOf(response);
  if (principal.kind === "agent") return principal;
  sendError(
    response,
    403,
    new AppError("auth", "Only a signed-in agent may do this.", { hint: "Open an agent's sign-in link." }),
    "forbidden",
  );
  return undefined;
}

/** `/api/me`, `/api/events`: an agent's own page; after `authenticated`. */
export function agentRoutes(
  context: ServerContext,
  { streams, handshakes }: { streams: AgentStreams; handshakes: Handshakes },
): Router {
  const router = Router();
  router.get("/me", (_request, response) => {
    const principal = agentOnly(response);
    if (!principal) return;
    const { agent } = principal;
    response.json({ agent: { id: agent, name: context.nameOf(agent) } } satisfies Me);
  });
  router.get("/events", (request, response) => {
    const principal = agentOnly(response);
    if (!principal) return;
    const { line, "takes-calls": takes } = readBy(eventsQuery, request.query);
    const said = { takesCalls: takes !== "off", hasLine: line === undefined ? null : line === "on" };
    handshakes.accept(request, response, limitsOf(principal), (socket) =>
      streams.open({ ...principal, ...said }, socket),
    );
  });
  return router;
}
