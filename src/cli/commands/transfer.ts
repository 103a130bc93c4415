import { AppError } from "../../errors.ts";
import type { CallSummary, CallView, TransferView } from "../../server/control-api.ts";
import type { Context } from "../context.ts";
import type { Control } from "../control/control.ts";
import { type ServerFlags, TIMEOUT_MS, withControl } from "../control/with-control.ts";
import { pickFreeAgent } from "../control/pick-agent.ts";
import { pickCall } from "../control/pick-call.ts";
import { type CallTransfer, untilOutcome } from "../control/follow-transfer.ts";
import { DONE, FAILED } from "../exit-codes.ts";
import { openTransfer } from "../views/call-words.ts";
import { type TransferVerb, transferSentence } from "../views/sentence.ts";
import { shownCall } from "../views/shown-numbers.ts";

export interface TransferFlags extends ServerFlags {
  /** Follow the transfer to its outcome. */
  wait?: boolean;
}

export interface StartFlags extends TransferFlags {
  /** An agent's id, E.164 or a SIP address. */
  to?: string;
  /** Default: the server's setting. */
  mode?: TransferView["mode"];
  /** For the target, at most 500 characters. */
  note?: string;
}

const WAIT_MS = 600_000;

interface TransferCommand {
  verb: TransferVerb;
  fits: (call: CallSummary) => boolean;
  noMatch: string;
  hint?: string;
  send: (control: Control, call: string) => Promise<CallView>;
}

function transferOf(call: CallView): CallTransfer {
  if (call.transfer) return { call, transfer: call.transfer };
  throw new AppError("internal", "The server's answer has no transfer.");
}

function report({ call, transfer }: CallTransfer, verb: TransferVerb, { output }: Context): void {
  const { outcome, reason } = transfer;
  output.event({ call: shownCall(call, false), transfer, outcome, reason });
  output.line(transferSentence(transfer, verb));
}

/** With `--wait`, `--timeout` is for the outcome. */
const forRequests = ({ wait, timeout = TIMEOUT_MS, ...flags }: TransferFlags): ServerFlags => ({
  ...flags,
  timeout: wait ? Math.min(timeout, TIMEOUT_MS) : timeout,
});

function runCommand(
  step: TransferCommand,
  word: string | undefined,
  flags: TransferFlags,
  context: Context,
): Promise<number> {
  const { fits, noMatch, hint, send, verb } = step;
  return withControl(forRequests(flags), context, async (control) => {
    const { id } = await pickCall(control, { word, fits, noMatch, ...(hint ? { hint } : {}) }, context);
    const now = transferOf(await send(control, id));
    const mustWait = flags.wait && now.transfer.phase !== "ended";
    const then = mustWait ? await untilOutcome(control, now, flags.timeout ?? WAIT_MS, context) : now;
    report(then, verb, context);
    return flags.wait && then.transfer.outcome !== "completed" ? FAILED : DONE;
  });
}

const isOpen = (call: CallSummary): boolean => openTransfer(call) !== undefined;
const NO_TRANSFER = "No live call has a transfer in progress.";

/** `transfer start [CONFERENCE] --to AGENT` */
export function startTransfer(
  word: string | undefined,
  flags: StartFlags,
  context: Context,
): Promise<number> {
  const step: TransferCommand = {
    verb: "start",
    fits: ({ state }) => state === "talking",
    noMatch: "No live call can be transferred: each one waits for an agent or has a transfer in progress.",
    hint: "Run warm-transfer transfer cancel, or warm-transfer agents list to see who is free",
    send: async (control, call) =>
      control.startTransfer(call, {
        to: flags.to ?? (await pickFreeAgent(control, context)),
        ...(flags.mode ? { mode: flags.mode } : {}),
        ...(flags.note === undefined ? {} : { note: flags.note }),
      }),
  };
  return runCommand(step, word, flags, context);
}

/** `transfer complete|bring-together|swap|cancel [CONFERENCE]` */
export function changeTransfer(
  verb: Exclude<TransferVerb, "start">,
  word: string | undefined,
  flags: TransferFlags,
  context: Context,
): Promise<number> {
  const send: TransferCommand["send"] = (control, call) => control.changeTransfer(call, verb);
  return runCommand({ verb, fits: isOpen, noMatch: NO_TRANSFER, send }, word, flags, context);
}
