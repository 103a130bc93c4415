import { AppError } from "../../errors.ts";
import type { CallSummary } from "../../server/control-api.ts";
import type { Context } from "../context.ts";
import { openTransfer, shortNames, transferWords, whoIsIn } from "../views/call-words.ts";
import { customerWords, shownCall } from "../views/shown-numbers.ts";
import { chooseOne } from "./choose-one.ts";
import type { Control } from "./control.ts";
import { callsNamed, isCallSid } from "./find-call.ts";

export interface WantedCall {
  /** The argument. Undefined: any call that fits. */
  word: string | undefined;
  /** Filters the calls when none is named. Default: all fit. */
  fits?: (call: CallSummary) => boolean;
  /** The error when no live call fits. */
  noMatch?: string;
  /** The hint then. Default: how to list the calls. */
  hint?: string;
}

const WATCH = { hint: "To wait for one, run warm-transfer conferences watch" };
const LIST = { hint: "To see the live calls, run warm-transfer conferences list" };

async function chooseCall(calls: readonly CallSummary[], context: Context): Promise<CallSummary> {
  const names = shortNames(calls.map(({ id }) => id));
  const lineOf = (call: CallSummary): string => {
    const { id, state } = call;
    const transfer = openTransfer(call);
    const what = transfer ? transferWords(transfer) : whoIsIn(call);
    return [names.get(id), customerWords(shownCall(call, false)), state, what].join("  ");
  };
  return chooseOne(calls, { one: "call", many: "calls", lineOf }, context);
}

/** @throws AppError usage or not-found */
async function namedCall(control: Control, word: string, context: Context): Promise<CallSummary> {
  // The list has no ended calls; the server returns them by whole SID.
  if (isCallSid(word)) return control.call(word);
  const found = callsNamed(await control.calls(), word);
  const [only] = found;
  if (!only) throw new AppError("not-found", `There is no live call "${word}".`, LIST);
  return found.length === 1 ? only : chooseCall(found, context);
}

/**
 * Returns the named call or the only one that fits, or prompts for one of several.
 * @throws AppError not-found if none fits; usage if several do and there is no terminal
 */
export async function pickCall(control: Control, wanted: WantedCall, context: Context): Promise<CallSummary> {
  const { word, fits = () => true, noMatch = "No live call matches.", hint } = wanted;
  if (word !== undefined) return namedCall(control, word, context);
  const calls = await control.calls();
  if (calls.length === 0) throw new AppError("not-found", "There are no live calls.", WATCH);
  const fitting = calls.filter(fits);
  if (fitting.length === 0) throw new AppError("not-found", noMatch, hint ? { hint } : LIST);
  return chooseCall(fitting, context);
}
