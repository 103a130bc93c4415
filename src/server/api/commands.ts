import type { Response } from "express";
import type { CallId, CallRecord, Command, Refusal } from "../../call/types.ts";
import { AppError } from "../../errors.ts";
import { type Principal, commandedBy } from "../auth/principal.ts";
import type { ServerContext } from "../context.ts";
import { sendError } from "../send-error.ts";
import type { CallView } from "../control-api.ts";
import type { NameOf } from "../names.ts";
import { callView } from "../views/call-view.ts";
import { callForAgent } from "../views/customer-view.ts";
import { hintFor } from "./hints.ts";

const ABSENT = new Set<Refusal["code"]>(["no-such-call", "target-unknown", "no-such-participant"]);

const involves = (call: CallRecord, principal: Principal): boolean =>
  principal.kind === "operator" ||
  call.legs.some((leg) => leg.party.kind === "agent" && leg.party.agent === principal.agent);

/**
 * Finds a call that a principal may see; else answers 404 or 403 itself and resolves with undefined.
 */
export async function findOwnCall(
  { coordinator }: ServerContext,
  id: string,
  principal: Principal,
  response: Response,
): Promise<CallRecord | undefined> {
  const call = await coordinator.get(id as CallId);
  if (call && involves(call, principal)) return call;
  if (call) {
    const hint = "You see the calls that ring at your page or that you are in.";
    sendError(response, 403, new AppError("auth", "This is not your call.", { hint }), "forbidden");
  } else {
    const hint = hintFor("no-such-call", principal);
    sendError(response, 404, new AppError("not-found", "There is no such call.", { hint }), "no-such-call");
  }
  return undefined;
}

/** A call as the one who asks may see it. */
export function viewFor(principal: Principal, call: CallRecord, nameOf: NameOf): CallView {
  const view = callView(call, nameOf);
  return principal.kind === "operator" ? view : callForAgent(view);
}

/** What a principal asks for, without saying who: that the session says. */
export type Wanted =
  | Omit<Extract<Command, { kind: "start-transfer" }>, "by">
  | Omit<Extract<Command, { kind: "mute-self" }>, "by">
  | { kind: "complete-transfer" | "cancel-transfer" | "end-call" }
  | Extract<Command, { kind: "change-participant" }>;

/** Gives a command to a call and answers with the call as it then is, or with why not. */
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
