import type { PhoneState } from "../state.ts";
import type { Words } from "../words/en.ts";
import { asTime } from "../as-time.ts";
import { element } from "./elements.ts";

function statusOf(state: PhoneState, { status }: Words): string {
  if (state.link !== "open") return status[state.link];
  return state.call === "idle" ? status.ready : status[state.call];
}

/** Changes a text only when it is another one, so that screen readers do not say it again. */
function setText(id: string, text: string): void {
  const target = element(id);
  if (target.textContent !== text) target.textContent = text;
}

function renderNotice({ notice }: PhoneState, words: Words): void {
  element("notice").hidden = !notice;
  if (!notice) return;
  const [title = "", text = ""] = words.notice[notice.key];
  setText("notice-title", title);
  setText("notice-text", notice.reason ?? text);
}

function renderNumber(state: PhoneState, words: Words): void {
  const input = element<HTMLInputElement>("number");
  const isIncoming = state.offer !== null;
  input.readOnly = state.call !== "idle";
  // What was typed makes room for the caller's number, and comes back.
  if (isIncoming) input.dataset.typed ??= input.value;
  else if (input.dataset.typed !== undefined) {
    input.value = input.dataset.typed;
    delete input.dataset.typed;
  }
  if (state.farEnd !== null) input.value = state.farEnd;
  const inCall = isIncoming ? words.callFrom : words.talkingTo;
  setText("number-label", state.call === "idle" ? words.numberToCall : inCall);
}

function detailOf({ call, connectedAt, lasted, hasSound }: PhoneState, words: Words, now: number): string {
  if (call === "connected" && connectedAt !== null) return asTime(now - connectedAt);
  if (!hasSound) return words.noSound;
  return call === "idle" && lasted !== null ? words.lasted(asTime(lasted)) : "";
}

function renderActions({ call, link }: PhoneState, words: Words): void {
  const [go, stop] = [element<HTMLButtonElement>("call"), element<HTMLButtonElement>("hang-up")];
  const isIncoming = call === "incoming";
  const focused = document.activeElement;
  go.hidden = call !== "idle" && !isIncoming;
  go.disabled = link !== "open";
  stop.hidden = call === "idle";
  setText("call-label", isIncoming ? words.answer : words.call);
  setText("hang-up-label", isIncoming ? words.decline : words.hangUp);
  // The button that was pressed may be gone now: the keyboard goes on at the one in its place.
  if (focused === go && go.hidden) stop.focus();
  if (focused === stop && stop.hidden) go.focus();
}

/** Shows a state; `now` is milliseconds since 1970. */
export function render(state: PhoneState, words: Words, now: number): void {
  document.body.dataset.call = state.call;
  document.body.dataset.link = state.link;
  setText("status", statusOf(state, words));
  setText("own-number", state.ownNumber === null ? "" : words.ownNumber(state.ownNumber));
  setText("detail", detailOf(state, words, now));
  renderNotice(state, words);
  renderNumber(state, words);
  renderActions(state, words);
}
