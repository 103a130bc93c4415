import { isActivated, whenActivated } from "./activation.ts";
import { createMuteReporter } from "./report-mute.ts";
import { openApi } from "./api.ts";
import { canAskToNotify } from "./title.ts";
import { renderer } from "./dom/render.ts";
import { lazily } from "./lazily.ts";
import { leaveGuard } from "./leave-guard.ts";
import { initialModel, isReady, type Model } from "./model.ts";
import { describe } from "./screen/describe.ts";
import { audiblyRinging } from "./screen/steering.ts";
import { openSession } from "./session.ts";
import { type PageEvent, update } from "./update.ts";
import type { Language } from "./words/choose-words.ts";
import type { Words } from "./words/en.ts";

/** Known before the first request to the server: the session's agent, and whether Twilio is a local one. */
interface Address {
  readonly agent: string | null;
  readonly isLocal: boolean;
}

/** Starts the page: every event goes through `update`, and the content comes from `describe`. */
export function openAgentPage({ agent, isLocal }: Address, words: Words, language: Language): void {
  let model: Model = { ...initialModel, isLocal };
  const api = openApi(agent);
  const session = openSession(api, { dispatch, model: () => model, language });
  const now = (): number => performance.now();
  const reportMute = createMuteReporter((call, muted) => void session.reportMuted(call, muted), now);
  const render = renderer(words, language, session.actions);
  const guard = leaveGuard();
  const ring = lazily(async () => (await import("./sound/ringing-tone.ts")).createRingingTone());

  function dispatch(happening: PageEvent): void {
    model = update(model, happening);
    if (happening.kind === "events" && happening.state === "open") prefetch();
    session.reportWindow(isReady(model));
    reportMute(model);
    ring(audiblyRinging(model));
    show();
  }

  function show(): void {
    const screen = describe(model, Date.now(), words);
    guard(screen.asksBeforeLeaving);
    render(screen);
  }

  function tick(): void {
    reportMute(model);
    if (model.view?.call) show();
  }

  dispatch({ kind: "silence", isSilent: !isActivated() });
  dispatch({ kind: "notifications", canAsk: canAskToNotify() });
  whenActivated(() => dispatch({ kind: "silence", isSilent: false }));
  setInterval(tick, 1_000);
  // Out of the back-forward cache: the line and the events were cut when the page went in.
  window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  void session.start();
}

/** Fetches what an agent may need at once in a call, as soon as the page has opened: later the network may be slow. */
function prefetch(): void {
  const parts = [import("./dom/chooser.ts"), import("./dom/keypad.ts"), import("./sound/ringing-tone.ts")];
  // The next use of a part that failed to load fetches it again.
  void Promise.allSettled(parts);
}
