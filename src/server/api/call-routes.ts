import { type Request, type RequestHandler, type Response, Router } from "express";
import type { Refusal } from "../../call/decision.ts";
import type { Command, TransferChange } from "../../call/inputs.ts";
import { type AgentId, CUSTOMER, type CallId, type CallRecord, type Label } from "../../call/types.ts";
import { AppError } from "../../errors.ts";
import { agentOnly, type Limits, operatorOnly, type Principal, principalOf } from "../auth/guards.ts";
import type { ServerContext } from "../context.ts";
import type { CallView, CallsAnswer } from "../control-api.ts";
import { sendError } from "../http-errors.ts";
import { type NameOf, callForAgent, callSummary, callView } from "../views/call-view.ts";
import { hintFor } from "./hints.ts";
import {
  agentsTransferBody,
  holdBody,
  mutedBody,
  participantChange,
  readBody,
  readBy,
  transferBody,
} from "./requests.ts";

type CallsContext = Pick<ServerContext, "coordinator" | "nameOf">;

const ABSENT = new Set<Refusal["code"]>(["no-such-call", "target-unknown", "no-such-participant"]);

/** An agent who declined or left a call gets the reason of a refusal, and not the call. */
type Purpose = "to read" | "to command";

const involves = ({ legs }: CallRecord, principal: Principal, purpose: Purpose): boolean =>
  principal.kind === "operator" ||
  legs.some(
    ({ party, state }) =>
      party.kind === "agent" &&
      party.agent === principal.agent &&
      (purpose === "to command" || state !== "left"),
  );

/** Finds a call that the principal may access. Otherwise answers 404 or 403 and resolves with undefined. */
async function findOwnCall(
  { coordinator }: CallsContext,
  id: string,
  response: Response,
  purpose: Purpose,
): Promise<CallRecord | undefined> {
  const principal = principalOf(response);
  const call = await coordinator.get(id as CallId);
  if (call && involves(call, principal, purpose)) return call;
  if (call) {
    const hint = "You see a call while it rings at your page and while you are in it.";
    sendError(response, 403, new AppError("auth", "This is not your call.", { hint }), "forbidden");
  } else {
    const hint = hintFor("no-such-call", principal);
    sendError(response, 404, new AppError("not-found", "There is no such call.", { hint }), "no-such-call");
  }
  return undefined;
}

/** The view that the principal may see. */
function viewFor(principal: Principal, call: CallRecord, nameOf: NameOf): CallView {
  const view = callView(call, nameOf);
  return principal.kind === "operator" ? view : callForAgent(view);
}

/** A command without its sender, which the session determines. */
type Wanted =
  | Omit<Extract<Command, { kind: "start-transfer" }>, "by">
  | Omit<Extract<Command, { kind: "mute-self" }>, "by">
  | { kind: TransferChange | "leave" | "end-call" }
  | Omit<Extract<Command, { kind: "change-participant" }>, "by">;

/** Answers with the changed call, or with the refusal. */
export async function command(
  { coordinator, nameOf }: CallsContext,
  call: CallRecord,
  wanted: Wanted,
  principal: Principal,
  response: Response,
): Promise<void> {
  const command = { ...wanted, by: principal.kind === "agent" ? principal.agent : null };
  const { record, refusal } = await coordinator.submit(call.id, command);
  if (!refusal) return void response.json(viewFor(principal, record, nameOf));
  const absent = ABSENT.has(refusal.code);
  const hint = hintFor(refusal.code, principal);
  const error = new AppError(absent ? "not-found" : "conflict", refusal.message, { hint });
  sendError(response, absent ? 404 : 409, error, refusal.code);
}

type OfCall = Request<{ call: string }>;
type OfParticipant = Request<{ call: string; label: string; change: string }>;

function list({ coordinator, nameOf }: CallsContext): RequestHandler {
  return async (_request, response) => {
    const calls = await coordinator.live();
    response.json({ calls: calls.map((call) => callSummary(call, nameOf)) } satisfies CallsAnswer);
  };
}

function show(context: CallsContext) {
  return async ({ params }: OfCall, response: Response): Promise<void> => {
    const call = await findOwnCall(context, params.call, response, "to read");
    if (call) response.json(viewFor(principalOf(response), call, context.nameOf));
  };
}

/** Submits the request's command. @param read throws AppError usage */
function commanding<R extends OfCall>(
  context: CallsContext,
  read: (request: R, principal: Principal) => Wanted,
) {
  return async (request: R, response: Response): Promise<void> => {
    const principal = principalOf(response);
    const wanted = read(request, principal);
    const call = await findOwnCall(context, request.params.call, response, "to command");
    if (call) await command(context, call, wanted, principal, response);
  };
}

const startTransfer =
  ({ transferMode }: Pick<ServerContext, "transferMode">) =>
  (request: Request, principal: Principal): Wanted => {
    const body = principal.kind === "operator" ? transferBody : agentsTransferBody;
    const { to, mode = transferMode, ...rest } = readBody(body, request);
    const isAgent = /^\w+$/.test(to);
    const target = isAgent ? (to as AgentId) : ({ kind: "outside", address: to } as const);
    return { kind: "start-transfer", to: target, mode, ...rest };
  };

/** Commands for an open transfer, by the last part of their path. */
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
export function callRoutes(
  context: CallsContext & Pick<ServerContext, "transferMode">,
  limits: Limits,
): Router {
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
