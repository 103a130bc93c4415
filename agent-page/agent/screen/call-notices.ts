import type { CallView, LegView } from "../../../src/server/control-api.ts";
import type { Model } from "../model.ts";
import type { Words } from "../words/en.ts";
import { customerName } from "./format.ts";
import { type Notice, notice } from "./notice.ts";
import { situationOf } from "./situation.ts";
import { openTransfer, roleIn } from "./steering.ts";
import { failureSentence } from "./transfer-words.ts";

/** News of the call that the agent cannot hear. */
export function callNotices(model: Model, words: Words): Notice[] {
  return [
    ...ownNotices(model, words.notice),
    ...departureNotices(model, words),
    ...transferNotices(model, words),
  ];
}

const ownLeg = ({ view }: Model): LegView | undefined =>
  view?.call?.legs.find((leg) => leg.label === view.label);

/** An operator has put the agent on hold, or muted her; on hold has precedence. The transfer's panel shows a swap. */
function ownNotices(model: Model, text: Words["notice"]): Notice[] {
  const own = situationOf(model) === "talking" ? ownLeg(model) : undefined;
  if (own?.onHold && !isSwappedAway(model)) return [notice("on-hold", false, text.onHold, text.onHoldText)];
  if (own?.muted) return [notice("muted", false, text.muted, text.mutedText)];
  return [];
}

const isSwappedAway = (model: Model): boolean => {
  const transfer = openTransfer(model);
  return transfer?.isSwapped === true && roleIn(model, transfer) === "target";
};

/** How this agent's part in the call ended, when the agent did not end it. It stays until the next call. */
function departureNotices({ agent, ended, view }: Model, words: Words): Notice[] {
  const call = view?.call;
  if (!call || ended?.call !== call.id || ended.label !== view.label || !ended.wasAnswered || ended.byAgent)
    return [];
  if (call.legs.some(({ label }) => label === view.label)) return [];
  const { transfer } = call;
  if (!ended.wasOutlived) return call.state === "ended" ? [endNotice(call, words)] : [];
  if (transfer?.outcome === "completed" && transfer.from === agent?.id)
    return [notice("handed-over", false, words.handedOver(transfer.toName), words.notice.handedOverText)];
  return [notice("taken-out", false, words.notice.takenOut, words.notice.takenOutText)];
}

function endNotice(call: CallView, words: Words): Notice {
  const reason = call.story.findLast(({ event }) => event === "call-ended")?.reason ?? "";
  const known = words.endedBy as Record<string, string>;
  return notice(`ended ${call.id}`, false, known[reason] ?? words.endedBy.error, customerName(call, words));
}

/** A transfer that came to nothing stays until the next transfer or call. */
function transferNotices(model: Model, words: Words): Notice[] {
  const { refusal, view } = model;
  if (refusal) {
    const known = words.refusal as Record<string, string>;
    const text = known[refusal.code] ?? (refusal.message || words.refusal.other);
    return [notice(`refusal ${refusal.command}`, true, words.refused[refusal.command], text)];
  }
  const sentence = failureSentence(model, words);
  if (!sentence || !view?.call) return [];
  const talks = situationOf(model) !== "idle";
  const text = talks ? words.stillTalking : customerName(view.call, words);
  return [notice(`failed ${view.call.id} ${view.call.transfer?.id}`, true, sentence, text)];
}
