import { confirmIrreversible } from "../terminal/confirm.ts";
import type { Context } from "../context.ts";
import { type ServerFlags, withControl } from "../control/with-control.ts";
import { withPastCalls } from "../control/past-calls.ts";
import { pickCall } from "../control/pick-call.ts";
import { DONE, FAILED } from "../exit-codes.ts";
import { shortNames } from "../views/call-words.ts";
import { callPage } from "../views/call-page.ts";
import { callsTable } from "../views/calls-table.ts";
import { customerWords, shownCall } from "../views/shown-numbers.ts";

export interface ShowFlags extends ServerFlags {
  /** Shows customers' numbers unmasked. */
  numbers?: boolean;
}

/** `conferences list` */
export function listConferences(flags: ShowFlags, context: Context): Promise<number> {
  const { output } = context;
  return withControl(flags, context, async (control) => {
    const calls = (await control.calls()).map((call) => shownCall(call, flags.numbers === true));
    output.event({ calls });
    if (calls.length === 0) output.info("There are no live calls.");
    else for (const line of callsTable(calls, output.paint, control.now())) output.line(line);
    return DONE;
  });
}

/** `conferences show [CONFERENCE]` */
export function showConference(
  word: string | undefined,
  flags: ShowFlags,
  context: Context,
): Promise<number> {
  const { output } = context;
  return withPastCalls(flags, context, async (past) => {
    const call = shownCall(await past.call(word), flags.numbers === true);
    output.event({ call });
    for (const line of callPage(call, output.paint, past.now())) output.line(line);
    return DONE;
  });
}

export interface EndFlags extends ServerFlags {
  yes?: boolean;
}

/** `conferences end [CONFERENCE]` */
export function endConference(word: string | undefined, flags: EndFlags, context: Context): Promise<number> {
  const { output } = context;
  return withControl(flags, context, async (control) => {
    const picked = shownCall(await pickCall(control, { word }, context), false);
    const name = shortNames([picked.id]).get(picked.id);
    const question = `End the call ${name} of ${customerWords(picked)}? This hangs up on everyone.`;
    if (!(await confirmIrreversible(question, flags.yes, context))) return FAILED;
    output.event({ call: shownCall(await control.endCall(picked.id), false) });
    output.line(`Ending the call ${name} of ${customerWords(picked)}.`);
    return DONE;
  });
}
