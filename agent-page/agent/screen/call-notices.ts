import type { LegView } from "../../../src/server/control-api.ts";
import type { Model } from "../model.ts";
import type { Words } from "../words/en.ts";
import { type Notice, notice } from "./notice.ts";
import { situationOf } from "./situation.ts";
import { failureSentence } from "./transfer-words.ts";

/** What the agent must know of the call, and cannot hear. */
export function callNotices(model: Model, words: Words): Notice[] {
  return [
    ...ownNotices(model, words.notice),
    ...departureNotices(model, words),
    ...transferNotices(model, words),
  ];
}

const ownLeg = ({ view }: Model): LegView | undefined =>
  view?.call?.legs.find((leg) => leg.label === view.label);

/** An operator has put the agent on hold, or muted her: on hold says more. */
function ownNotices(model: Model, text: Words["notice"]): Notice[] {
  const own = situationOf(model) === "talking" ? ownLeg(model) : undefined;
  if (own?.onHold) return [notice("on-hold", false, text.onHold, text.onHoldText)];
  if (own?.muted) return [notice("muted", false, text.muted, text.mutedText)];
  return [];
}

/** The agent's leg has ended, the agent did not end it, and the call goes on. */
function departureNotices({ agent, ended, view }: Model, words: Words): Notice[] {
  const call = view?.call;
  if (!call || call.state === "ended") return [];
  if (ended?.call !== call.id || ended.label !== view.label || !ended.wasAnswered || ended.byAgent) return [];
  if (call.legs.some(({ label }) => label === view.label)) return [];
  const { transfer } = call;
  if (transfer?.outcome === "completed" && transfer.from === agent?.id)
    return [notice("handed-over", false, words.handedOver(transfer.toName), words.notice.handedOverText)];
  return [notice("taken-out", false, words.notice.takenOut, words.notice.takenOutText)];
}

function transferNotices(model: Model, words: Words): Notice[] {
  const { refusal, view } = model;
  if (refusal) {
    const known = words.refusal as Record<string, string>;
    const text = known[refusal.code] ?? (refusal.message || words.refusal.other);
    return [notice("refusal", true, words.notice.notTransferred, text)];
  }
  const sentence = failureSentence(model, words);
  const id = `${view?.call?.id} ${view?.call?.transfer?.id}`;
  return sentence ? [notice(`failed ${id}`, true, sentence, words.stillTalking)] : [];
}
