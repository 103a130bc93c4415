import type { Model } from "../model.ts";
import type { Words } from "../words/en.ts";
import { callPanel } from "./call-panel.ts";
import { customerName } from "./format.ts";
import { logOf, missedOf } from "./log.ts";
import { noticesOf } from "./notices.ts";
import type { ColleagueRow, IncomingPanel, Screen } from "./screen.ts";
import { type Situation, situationOf } from "./situation.ts";
import { statusOf } from "./status.ts";

/** The page's content for `model`. `now` is this machine's clock, ms since 1970. Pure. */
export function describe(model: Model, now: number, words: Words): Screen {
  const situation = situationOf(model);
  const who = model.agent?.name ?? words.product;
  const isSignedIn = situation !== "signed-out" && model.session === "signed-in";
  return {
    title: situation === "ringing" ? words.incomingTitle(callerOf(model, words)) : who,
    who,
    status: statusOf(model, words),
    takesCalls: isSignedIn ? model.wantsCalls : null,
    canSignOut: isSignedIn && situation === "idle",
    offersNotifications: isSignedIn && situation === "idle" && model.canAskToNotify,
    ringing: situation === "ringing" ? callerOf(model, words) : null,
    notices: noticesOf(model, words),
    colleagues: isSignedIn ? colleaguesOf(model, words) : [],
    panel: panelOf(situation, model, now + model.clockOffset, words),
    log: logOf(model, words),
    missed: missedOf(model, words),
    asksBeforeLeaving: situation === "talking",
  };
}

function panelOf(situation: Situation, model: Model, now: number, words: Words): Screen["panel"] {
  if (situation === "signed-out") return null;
  if (situation === "idle") return { kind: "idle", ...idleText(model, words) };
  return situation === "ringing" ? incomingPanel(model, words) : callPanel(model, now, words);
}

function callerOf(model: Model, words: Words): string {
  const call = model.view?.state === "ringing" ? model.view.call : null;
  return customerName(call, words);
}

function incomingPanel(model: Model, words: Words): IncomingPanel {
  const call = model.view?.state === "ringing" ? model.view.call : null;
  const transfer = call?.transfer?.target === model.view?.label ? call?.transfer : null;
  const text = transfer?.fromName ? words.transferredBy(transfer.fromName) : words.newCall;
  return {
    kind: "incoming",
    caller: callerOf(model, words),
    text: model.line ? text : `${text} ${words.lineComing}`,
    note: transfer?.note ?? "",
    canAnswer: model.line?.phase === "ringing",
  };
}

const colleaguesOf = ({ view }: Model, { colleague }: Words): ColleagueRow[] =>
  (view?.colleagues ?? []).map(({ id, name, state }) => ({ key: id, name, state, text: colleague[state] }));

function idleText(model: Model, { idle, ...words }: Words): { heading: string; text: string } {
  const status = statusOf(model, { idle, ...words });
  if (status.tone === "good")
    return { heading: idle.waiting, text: model.isSilent ? idle.silentText : idle.waitingText };
  if (status.tone === "problem" || model.microphone === "asking")
    return { heading: idle.blocked, text: idle.blockedText };
  if (!model.wantsCalls) return { heading: idle.notReady, text: idle.notReadyText };
  return { heading: idle.connecting, text: idle.connectingText };
}
