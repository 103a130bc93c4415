import { type Request, type Response, Router } from "express";
import type { AgentId } from "../../call/types.ts";
import { AppError } from "../../errors.ts";
import { agentName } from "../../wire/agent-name.ts";
import { type Limits, operatorOnly } from "../auth/guards.ts";
import type { ServerContext } from "../context.ts";
import type { AgentsAnswer, SignInLinkAnswer } from "../control-api.ts";
import type { AgentStreams } from "../streams/agent-streams.ts";
import type { AgentViews } from "../views/agent-view.ts";
import { addAgentBody, readBody } from "./requests.ts";

type AgentsContext = Pick<ServerContext, "agents" | "sessions" | "presence" | "links">;
type OfAgent = Request<{ agent: string }>;

/** @throws AppError conflict while the agent rings or is in a call */
function refuseInCall({ presence }: AgentsContext, agent: AgentId): void {
  if (presence.callOf(agent) === undefined) return;
  throw new AppError("conflict", `The agent "${agent}" is in a call or being rung.`, {
    hint: "Wait until the call ends, or remove the agent from it: warm-transfer participants remove",
    code: "agent-in-call",
  });
}

function add({ agents, sessions }: AgentsContext, views: AgentViews) {
  return async (request: Request, response: Response): Promise<void> => {
    const { id, name = agentName(id) } = readBody(addAgentBody, request);
    // Repeated, because an earlier removal may have saved the list but not the sessions.
    await sessions.endOthers(agents.list().map((agent) => agent.id));
    await agents.add({ id: id as AgentId, name });
    response.status(201).json(views.entry(id as AgentId));
  };
}

/** Removes the agent and ends all sessions. Earlier links and access tokens become void. */
function remove(context: AgentsContext, streams: AgentStreams) {
  return async ({ params }: OfAgent, response: Response): Promise<void> => {
    const agent = context.agents.known(params.agent);
    refuseInCall(context, agent);
    await context.agents.remove(agent);
    streams.endAll(agent);
    await context.sessions.endAll(agent);
    response.status(204).end();
  };
}

function link(context: AgentsContext) {
  return async ({ params }: OfAgent, response: Response): Promise<void> => {
    const agent = context.agents.known(params.agent);
    response.json({ agent, ...(await context.links.create(agent)) } satisfies SignInLinkAnswer);
  };
}

/** `/api/agents`: for operators, after `authenticated`. */
export function agentsRoutes(
  context: AgentsContext,
  { streams, views, limits }: { streams: AgentStreams; views: AgentViews; limits: Limits },
): Router {
  const router = Router();
  router.use(operatorOnly);
  router.get("/", (_request, response) => {
    response.json({ agents: views.entries() } satisfies AgentsAnswer);
  });
  router.use(limits.commands);
  router.post("/", add(context, views));
  router.delete("/:agent", remove(context, streams));
  router.post("/:agent/link", link(context));
  return router;
}
