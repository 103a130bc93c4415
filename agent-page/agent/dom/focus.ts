import type { Screen } from "../screen/screen.ts";

type PanelKind = NonNullable<Screen["panel"]>["kind"] | null;

/** Where the keyboard goes when a panel takes the place of the one it was in: never to what a stray key must not press. */
const FIRST: Record<NonNullable<PanelKind>, string> = {
  incoming: "answer",
  call: "call-heading",
  idle: "idle-heading",
};

/** A key pressed in the last second was meant for something else: it must not answer a call. */
const TYPING_MS = 1_000;

/** Returns what to call after each rendering: moves the keyboard's focus when the panel has changed under it. */
export function createFocusKeeper(): (panel: PanelKind) => void {
  let shown: PanelKind = null;
  let lastKeyAt = -Infinity;
  let last: Element | null = null;
  document.addEventListener("keydown", () => (lastKeyAt = performance.now()), true);
  document.addEventListener("focusin", ({ target }) => (last = target instanceof Element ? target : null));

  /** The element that had the focus was removed or hidden. */
  const hasLostFocus = (): boolean => {
    const isGone = last !== null && !last.checkVisibility();
    if (isGone) last = null;
    return isGone;
  };
  return (panel) => {
    const appeared = panel !== shown;
    shown = panel;
    if (panel === null) return;
    const isTyping = performance.now() - lastKeyAt < TYPING_MS;
    const isRinging = appeared && panel === "incoming" && !isTyping;
    if (isRinging || hasLostFocus()) focus(FIRST[panel]);
  };
}

function focus(id: string): void {
  const element = document.getElementById(id);
  if (element?.checkVisibility()) element.focus({ preventScroll: element.tagName !== "BUTTON" });
}
