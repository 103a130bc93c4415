import type { Colleague, LegView } from "../../../src/server/control-api.ts";
import type { Model, Verb } from "../model.ts";
import type { Words } from "../words/en.ts";
import type { ButtonView, CallPanel, Chooser } from "./screen.ts";
import { type CallButton, buttonsOf, openTransfer } from "./steering.ts";

type Buttons = Pick<CallPanel, "steps" | "tools" | "waysOut" | "chooser">;

type Tool = "mute" | "hold" | "keypad";

const MODES = ["consult", "three-way", "blind"] as const;
const TOOLS: ReadonlySet<CallButton> = new Set<Tool>(["mute", "hold", "keypad"]);
/** These act on this page's own sound. */
const OF_THE_LINE: ReadonlySet<CallButton> = new Set<Tool>(["mute", "keypad"]);

/** The buttons of this agent in this phase of the call. */
export function callButtons(model: Model, words: Words): Buttons {
  const offered: readonly CallButton[] = model.view?.state === "in-call" ? buttonsOf(model) : ["mute"];
  const usable = offered.filter((button) => model.line !== null || !OF_THE_LINE.has(button));
  const isTool = (button: CallButton): button is Tool => TOOLS.has(button);
  return {
    steps: usable.filter((button) => !isTool(button)).map((step) => stepButton(step, model, words)),
    tools: usable.filter(isTool).map((tool) => toolButton(tool, model, words)),
    waysOut: model.line ? waysOut(model, words) : [],
    chooser: model.choosing && usable.includes("transfer") ? chooserOf(model, words) : null,
  };
}

/** One command at a time, and none after goodbye. */
const isFree = ({ requested, leaving }: Model): boolean => requested === null && leaving === null;

const PLAIN = { detail: "", isPressed: null, look: "plain" } as const;

function stepButton(step: Exclude<CallButton, Tool>, model: Model, words: Words): ButtonView {
  if (step === "transfer") return transferButton(model, words);
  const transfer = openTransfer(model);
  const { details, ...labels } = words.step;
  const detail: Record<Verb, string> = {
    complete: details.complete,
    "bring-together": details["bring-together"],
    swap: details[transfer?.isSwapped ? "swap-back" : "swap"],
    cancel:
      details[
        transfer?.phase === "together" || transfer?.phase === "consulting" ? "cancel" : "cancel-ringing"
      ],
  };
  const look = step === "complete" ? "primary" : "plain";
  return { ...PLAIN, key: step, label: labels[step], detail: detail[step], isEnabled: isFree(model), look };
}

const freeColleagues = ({ view }: Model): Colleague[] =>
  (view?.colleagues ?? []).filter(({ state }) => state === "free");

function transferButton(model: Model, words: Words): ButtonView {
  const isPossible = freeColleagues(model).length > 0;
  return {
    ...PLAIN,
    key: "transfer",
    label: words.transfer,
    detail: isPossible ? "" : words.nobodyFree,
    isEnabled: isPossible && isFree(model),
  };
}

function toolButton(tool: Tool, model: Model, words: Words): ButtonView {
  if (tool === "keypad") return { ...PLAIN, key: tool, label: words.keypad, isEnabled: true };
  if (tool === "hold") {
    const isHeld = model.view?.call?.legs.some(({ kind, onHold }) => kind === "customer" && onHold);
    return { ...PLAIN, key: tool, label: isHeld ? words.resume : words.hold, isEnabled: isFree(model) };
  }
  const isPressed = model.line?.muted ?? false;
  return {
    ...PLAIN,
    key: tool,
    label: words.mute,
    detail: isPressed ? words.on : "",
    isEnabled: true,
    isPressed,
  };
}

/** While the server does not know this agent in the call, Leave is the harmless choice. */
function waysOut(model: Model, words: Words): ButtonView[] {
  const { view } = model;
  const own = view?.call?.legs.find(({ label }) => label === view.label);
  const others = view?.call?.legs.filter((leg) => isColleagueIn(leg, own)) ?? [];
  const effect = own?.leaving ?? null;
  const isOnlyEnd = effect === "ends-call";
  const leave: ButtonView = {
    ...PLAIN,
    key: "leave",
    label: model.leaving === "leave" ? words.leaving : words.leave,
    detail: effect && !isOnlyEnd ? words.leaveDetail[effect] : "",
    isEnabled: isFree(model),
  };
  const end: ButtonView = {
    ...leave,
    key: "end",
    label: model.leaving === "end" ? words.ending : words.endCall,
    detail: others.length > 0 ? words.endDetail.everybody : words.endDetail.customer,
    look: isOnlyEnd ? "filled" : "danger",
  };
  if (isOnlyEnd) return [end];
  return effect === null ? [leave] : [leave, end];
}

const isColleagueIn = (leg: LegView, own: LegView | undefined): boolean =>
  leg.kind === "agent" && leg !== own;

function chooserOf(model: Model, words: Words): Chooser {
  const free = freeColleagues(model);
  // With one colleague there is nothing to choose.
  const wanted = free.length === 1 ? free[0]?.id : model.choosing?.to;
  const to = free.some(({ id }) => id === wanted) ? (wanted ?? null) : null;
  return {
    colleagues: free.map(({ id, name }) => ({ key: id, name, isChosen: id === to })),
    modes: MODES.map((mode) => ({ key: mode, ...words.mode[mode] })),
    to,
    text: free.length === 0 ? words.nobodyFree : "",
  };
}
