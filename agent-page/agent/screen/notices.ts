import { isDisconnected, type Model } from "../model.ts";
import type { Words } from "../words/en.ts";
import { callNotices } from "./call-notices.ts";
import { type Notice, notice } from "./notice.ts";
import { situationOf } from "./situation.ts";

/** Problems with their fixes, the most important first. */
export function noticesOf(model: Model, words: Words): Notice[] {
  const text = words.notice;
  // Only the sandbox has a terminal that shows links.
  const withPlace = (sentence: string): string =>
    model.isLocal ? `${sentence} ${text.sandboxLink}` : sentence;
  if (model.session === "left") return [notice("left", false, text.left, withPlace(text.leftText))];
  if (model.session === "removed") return [notice("removed", true, text.removed, text.removedText)];
  if (model.session === "expired")
    return [notice("signed-out", true, text.signedOut, withPlace(text.signedOutText))];
  return [
    ...connectionNotices(model, text),
    ...microphoneNotices(model, words),
    ...model.lostDevices.map(({ kind, title, text: now }) =>
      notice(`lost-${kind} ${title}`, false, title, now),
    ),
    ...(situationOf(model) === "elsewhere"
      ? [notice("elsewhere", false, text.elsewhere, text.elsewhereText)]
      : []),
    ...callNotices(model, words),
  ];
}

function connectionNotices(model: Model, text: Words["notice"]): Notice[] {
  if (model.device === "unsupported")
    return [notice("unsupported", true, text.unsupported, text.unsupportedText)];
  if (model.line?.phase === "reconnecting")
    return [notice("call-at-risk", true, text.callAtRisk, text.callAtRiskText)];
  if (isDisconnected(model)) return serverNotices(model, text);
  if (model.device === "refused")
    return [notice("line-refused", true, text.lineRefused, text.lineRefusedText(`${model.deviceCode}`))];
  if (model.device === "lost") return [notice("line-lost", true, text.lineLost, text.lineLostText)];
  return [];
}

/** An agent in a call needs no server, so the page reports only an absence longer than a restart. */
function serverNotices(model: Model, text: Words["notice"]): Notice[] {
  const situation = situationOf(model);
  const isGone = model.events === "gone";
  if (situation === "talking" || situation === "elsewhere") {
    if (model.events === "lost") return [];
    return [notice("away", false, text.away, isGone ? text.goneInCallText : text.awayText)];
  }
  if (model.events === "blocked") return [notice("blocked", true, text.blocked, text.blockedText)];
  if (model.events === "crowded") return [notice("crowded", true, text.crowded, text.crowdedText)];
  if (isGone) return [notice("gone", true, text.gone, text.goneText)];
  return [notice("lost", true, text.lost, text.lostText)];
}

function microphoneNotices(model: Model, { notice: text, microphone: words }: Words): Notice[] {
  const { microphone } = model;
  if (microphone === "asking")
    return [notice("asking", false, text.askingMicrophone, text.askingMicrophoneText)];
  if (microphone === "ready" || microphone === "unknown") return [];
  const { title, text: idle, inCall } = words[microphone];
  const action = microphone === "insecure" || microphone === "silent" ? null : "microphone";
  const isTalking = situationOf(model) === "talking";
  return [notice(`microphone-${microphone}`, true, title, isTalking ? inCall : idle, action)];
}
