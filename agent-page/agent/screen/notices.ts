import type { Model } from "../model.ts";
import type { Words } from "../words/en.ts";
import type { Notice, NoticeAction } from "./screen.ts";
import { microphoneFails, situationOf } from "./situation.ts";
import { failureSentence } from "./transfer-words.ts";

/** What is wrong and what to do about it, the most important first. */
export function noticesOf(model: Model, words: Words): Notice[] {
  const text = words.notice;
  if (model.session === "left") return [notice("left", false, text.left, text.leftText)];
  if (model.session === "expired") return [notice("signed-out", true, text.signedOut, text.signedOutText)];
  return [
    ...connectionNotices(model, text),
    ...microphoneNotices(model, text),
    ...(situationOf(model) === "elsewhere"
      ? [notice("elsewhere", false, text.elsewhere, text.elsewhereText)]
      : []),
    ...transferNotices(model, words),
  ];
}

function notice(
  key: string,
  urgent: boolean,
  title: string,
  text: string,
  action: NoticeAction = null,
): Notice {
  return { key, urgent, title, text, action };
}

function connectionNotices(model: Model, text: Words["notice"]): Notice[] {
  if (model.device === "unsupported")
    return [notice("unsupported", true, text.unsupported, text.unsupportedText)];
  if (model.line?.phase === "reconnecting")
    return [notice("call-at-risk", true, text.callAtRisk, text.callAtRiskText)];
  if (model.events === "lost") return [notice("lost", true, text.lost, text.lostText)];
  if (model.device === "lost") return [notice("line-lost", true, text.lineLost, text.lineLostText)];
  return [];
}

function microphoneNotices(model: Model, text: Words["notice"]): Notice[] {
  const { microphone } = model;
  if (microphone === "asking")
    return [notice("asking", false, text.askingMicrophone, text.askingMicrophoneText)];
  if (!microphoneFails(model) || microphone === "ready" || microphone === "unknown") return [];
  const action = microphone === "insecure" ? null : "microphone";
  return [notice(`microphone-${microphone}`, true, text[microphone], text[`${microphone}Text`], action)];
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
