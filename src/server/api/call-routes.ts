import { type RequestHandler, Router } from "express";
import type { AgentId } from "../../call/types.ts";
import { operatorOnly, principalOf } from "../auth/guards.ts";
import { principalLimit } from "../auth/limits.ts";
import type { ServerContext } from "../context.ts";
import type { CallsAnswer } from "../control-api.ts";
import { callView } from "../views/call-view.ts";
import { readBody, transferBody } from "./bodies.ts";
import { type Wanted, command, findOwnCall } from "./commands.ts";

const TRANSFERS_PER_MINUTE = 120;

type CallHandler = RequestHandler<{ call: string }>;

function show(context: ServerContext): CallHandler {
  return async (request, response) => {
    const call = await findOwnCall(context, request.params.call, principalOf(response), response);
    if (call) response.json(callView(call, context.nameOf));
  };
}

/** `/api/calls`: what operators and agents see of calls and do with them; after `authenticated`. */
export function callRoutes(context: ServerContext): Router {
  const router = Router();
  const commanding =
    (wanted: Wanted): CallHandler =>
    async (request, response) => {
      const principal = principalOf(response);
      const call = await findOwnCall(context, request.params.call, principal, response);
      if (call) await command(context, call, wanted, principal, response);
    };
  const limit = principalLimit(TRANSFERS_PER_MINUTE) as CallHandler;

  const startTransfer: CallHandler = (request, response, next) => {
    const { to, mode = "three-way" } = readBody(transferBody, request);
    return commanding({ kind: "start-transfer", to: to as AgentId, mode })(request, response, next);
  };

  router.get("/", operatorOnly, async (_request, response) => {
    const calls = await context.coordinator.live();
    response.json({ calls: calls.map((call) => callView(call, context.nameOf)) } satisfies CallsAnswer);
  });
  router.get("/:call", show(context));
  router.post("/:call/transfer", limit, startTransfer);
  router.post("/:call/transfer/complete", limit, commanding({ kind: "complete-transfer" }));
  router.post("/:call/transfer/cancel", limit, commanding({ kind: "cancel-transfer" }));
  router.post("/:call/end", operatorOnly as CallHandler, commanding({ kind: "end-call" }));
  return router;
}
