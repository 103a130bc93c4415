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

/** `/api/calls`: what operators and agents see of calls and do with them; after `authenticated`. */
export function callRoutes(context: ServerContext): Router {
  const router = Router();
  const commanding =
    (wanted: Wanted): RequestHandler<{ call: string }> =>
    async (request, response) => {
      const principal = principalOf(response);
      const call = await findOwnCall(context, request.params.call, principal, response);
      if (call) await command(context, call, wanted, principal, response);
    };
  const limit = principalLimit(TRANSFERS_PER_MINUTE) as RequestHandler<{ call: string }>;

  router.get("/", operatorOnly, async (_request, response) => {
    const calls = await context.coordinator.live();
    response.json({ calls: calls.map((call) => callView(call, context.nameOf)) } satisfies CallsAnswer);
  });
  router.get("/:call", async (request, response) => {
    const call = await findOwnCall(context, request.params.call, principalOf(response), response);
    if (call) response.json(callView(call, context.nameOf));
  });
  router.post("/:call/transfer", limit, async (request, response, next) => {
    const { to, mode = "three-way" } = readBody(transferBody, request);
    await commanding({ kind: "start-transfer", to: to as AgentId, mode })(request, response, next);
  });
  router.post("/:call/transfer/complete", limit, commanding({ kind: "complete-transfer" }));
  router.post("/:call/transfer/cancel", limit, commanding({ kind: "cancel-transfer" }));
  router.post("/:call/end", operatorOnly as typeof limit, commanding({ kind: "end-call" }));
  return router;
}
