import { type Request, type RequestHandler, type Response, Router } from "express";
import { type AgentId, CUSTOMER, type Label, type TransferChange } from "../../call/types.ts";
import { agentOnly, operatorOnly, principalOf } from "../auth/guards.ts";
import type { Limits } from "../auth/limits.ts";
import type { ServerContext } from "../context.ts";
import type { CallsAnswer } from "../control-api.ts";
import { callSummary } from "../views/call-view.ts";
import { holdBody, mutedBody, participantChange, readBody, readBy, transferBody } from "./bodies.ts";
import { type Wanted, command, findOwnCall, viewFor } from "./commands.ts";

type OfCall = Request<{ call: string }>;
type OfParticipant = Request<{ call: string; label: string; change: string }>;

function list({ coordinator, nameOf }: ServerContext): RequestHandler {
  return async (_request, response) => {
    const calls = await coordinator.live();
    response.json({ calls: calls.map((call) => callSummary(call, nameOf)) } satisfies CallsAnswer);
  };
}

function show(context: ServerContext) {
  return async ({ params }: OfCall, response: Response): Promise<void> => {
    const call = await findOwnCall(context, params.call, response, "to read");
    if (call) response.json(viewFor(principalOf(response), call, context.nameOf));
  };
}

/** Submits the request's command. @param read throws AppError usage */
function commanding<R extends OfCall>(context: ServerContext, read: (request: R) => Wanted) {
  return async (request: R, response: Response): Promise<void> => {
    const wanted = read(request);
    const call = await findOwnCall(context, request.params.call, response, "to command");
    if (call) await command(context, call, wanted, principalOf(response), response);
  };
}

const startTransfer =
  ({ transferMode }: ServerContext) =>
  (request: Request): Wanted => {
    const { to, mode = transferMode, ...rest } = readBody(transferBody, request);
    return { kind: "start-transfer", to: to as AgentId, mode, ...rest };
  };

/** What may be asked of an open transfer, by the last part of its path. */
const TRANSFER_CHANGES = {
  complete: "complete-transfer",
  "bring-together": "bring-together",
  swap: "swap-transfer",
  cancel: "cancel-transfer",
} as const satisfies Record<string, TransferChange>;

function muteSelf(request: Request): Wanted {
  return { kind: "mute-self", ...readBody(mutedBody, request) };
}

function holdCustomer(request: Request): Wanted {
  const { onHold } = readBody(holdBody, request);
  return { kind: "change-participant", label: CUSTOMER, change: onHold ? "hold" : "unhold" };
}

function changeParticipant({ params }: OfParticipant): Wanted {
  const change = readBy(participantChange, params.change);
  return { kind: "change-participant", label: params.label as Label, change };
}

/** `/api/calls`: reads and commands; after `authenticated`. */
export function callRoutes(context: ServerContext, limits: Limits): Router {
  const router = Router();
  router.get("/", operatorOnly, list(context));
  router.get("/:call", show(context));
  router.use(limits.commands);
  router.post("/:call/transfer", commanding(context, startTransfer(context)));
  for (const [verb, kind] of Object.entries(TRANSFER_CHANGES))
    router.post(
      `/:call/transfer/${verb}`,
      commanding(context, () => ({ kind })),
    );
  router.post("/:call/muted", agentOnly, commanding(context, muteSelf));
  router.post("/:call/hold", agentOnly, commanding(context, holdCustomer));
  router.post(
    "/:call/leave",
    agentOnly,
    commanding(context, () => ({ kind: "leave" })),
  );
  router.post(
    "/:call/end",
    commanding(context, () => ({ kind: "end-call" })),
  );
  router.use(operatorOnly);
  router.post("/:call/participants/:label/:change", commanding(context, changeParticipant));
  return router;
}
