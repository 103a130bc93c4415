import type { Response } from "express";
import type { CallId, CallRecord, Command, TransferChange } from "../../call/types.ts";
import type { Refusal } from "../../call/decision.ts";
import { AppError } from "../../errors.ts";
import { principalOf } from "../auth/guards.ts";
import { type Principal, commandedBy } from "../auth/principal.ts";
import type { ServerContext } from "../context.ts";
import { sendError } from "../send-error.ts";
import type { CallView } from "../control-api.ts";
import type { NameOf } from "../names.ts";
import { callView } from "../views/call-view.ts";
import { callForAgent } from "../views/customer-view.ts";
import { hintFor } from "./hints.ts";

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
export async function findOwnCall(
  { coordinator }: ServerContext,
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
export function viewFor(principal: Principal, call: CallRecord, nameOf: NameOf): CallView {
  const view = callView(call, nameOf);
  return principal.kind === "operator" ? view : callForAgent(view);
}

/** A command without its sender, which the session determines. */
export type Wanted =
  | Omit<Extract<Command, { kind: "start-transfer" }>, "by">
  | Omit<Extract<Command, { kind: "mute-self" }>, "by">
  | { kind: TransferChange | "leave" | "end-call" }
  | Omit<Extract<Command, { kind: "change-participant" }>, "by">;

/** Answers with the changed call, or with the refusal. */
export async function command(
  { coordinator, nameOf }: ServerContext,
  call: CallRecord,
  wanted: Wanted,
  principal: Principal,
  response: Response,
): Promise<void> {
  const command = { ...wanted, by: commandedBy(principal) };
  const { record, refusal } = await coordinator.submit(call.id, command);
  if (!refusal) return void response.json(viewFor(principal, record, nameOf));
  const absent = ABSENT.has(refusal.code);
  const hint = hintFor(refusal.code, principal);
  const error = new AppError(absent ? "not-found" : "conflict", refusal.message, { hint });
  sendError(response, absent ? 404 : 409, error, refusal.code);
}
