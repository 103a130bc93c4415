import { type Request, type Response, Router, urlencoded } from "express";
import type { AgentId, CallRecord } from "../../call/types.ts";
import { AppError } from "../../errors.ts";
import {
  authenticated,
  type Authenticating,
  type Limits,
  type Principal,
  principalOf,
} from "../auth/guards.ts";
import type { ServerContext } from "../context.ts";
import type { TokenAnswer } from "../control-api.ts";
import { sendError } from "../http-errors.ts";
import { command } from "./call-routes.ts";
import { agentForm, bodyTypes, readBody } from "./requests.ts";

type TutorialContext = Pick<ServerContext, "coordinator" | "presence" | "nameOf" | "accessToken">;

const FORM = "application/x-www-form-urlencoded";

/** The call that an agent is in; for an operator, the only live call. @throws AppError conflict */
async function currentCall(
  { coordinator, presence }: TutorialContext,
  principal: Principal,
): Promise<CallRecord> {
  const calls = await coordinator.live();
  const own = principal.kind === "agent" ? presence.callOf(principal.agent) : undefined;
  const call = principal.kind === "agent" ? calls.find(({ id }) => id === own) : calls[0];
  if (call && (principal.kind === "agent" || calls.length === 1)) return call;
  const message =
    principal.kind === "agent"
      ? "You are not in a call."
      : `${calls.length} calls are live, so the request must name one.`;
  throw new AppError("conflict", message, { hint: "Use POST /api/calls/CALL/transfer." });
}

/** The tutorial's page posts its own agent's id for a transfer to the other: the first free one, else any. */
function targetFor(named: string, principal: Principal, { presence }: TutorialContext): AgentId {
  if (principal.kind === "operator" || named !== principal.agent) return named as AgentId;
  const isOther = (agent: AgentId) => agent !== principal.agent;
  return presence.free().find(isOther) ?? presence.all().find(isOther) ?? principal.agent;
}

/** The tutorial's routes for tokens and the transfer, on the paths of its Node and its C# edition. */
export function tutorialRoutes(context: TutorialContext & Authenticating, limits: Limits): Router {
  const limited = [authenticated(context), limits.commands];
  const forms = [bodyTypes(FORM, "application/json"), urlencoded({ extended: false, limit: "16kb" })];

  const transfer = async (named: string, response: Response): Promise<void> => {
    const principal = principalOf(response);
    const call = await currentCall(context, principal);
    const to = targetFor(named, principal, context);
    await command(context, call, { kind: "start-transfer", to, mode: "three-way" }, principal, response);
  };

  const token = async (agentId: string | undefined, response: Response): Promise<void> => {
    const principal = principalOf(response);
    if (principal.kind === "agent" && (agentId ?? principal.agent) === principal.agent) {
      response.setHeader("Cache-Control", "no-store");
      return void response.json({
        ...(await context.accessToken(principal.agent)),
        agentId: principal.agent,
      } satisfies TokenAnswer);
    }
    sendError(response, 403, new AppError("auth", "A token is for the signed-in agent only."), "forbidden");
  };

  const formAgent = (request: Request) => readBody(agentForm, request).agentId;
  const callAgent2 = (request: Request, response: Response): Promise<void> | void => {
    const principal = principalOf(response);
    const named = formAgent(request);
    if (principal.kind === "operator" || named === undefined || named === principal.agent)
      return transfer("agent2", response);
    sendError(response, 403, new AppError("auth", "You are signed in as another agent."), "forbidden");
  };

  const router = Router();
  router.post("/token/generate", limited, forms, (request: Request, response: Response) =>
    token(formAgent(request), response),
  );
  router.post("/token/:agent", limited, (request: Request<{ agent: string }>, response: Response) =>
    token(request.params.agent, response),
  );
  router.post("/conference/callagent2", limited, forms, callAgent2);
  router.post("/conference/:agent/call", limited, (request: Request<{ agent: string }>, response: Response) =>
    transfer(request.params.agent, response),
  );
  return router;
}
