import { isActivated, whenActivated } from "./activation.ts";
import { muteAnnouncer } from "./announce-mute.ts";
import { openApi } from "./api.ts";
import { renderer } from "./dom/render.ts";
import { leaveGuard } from "./leave-guard.ts";
import { firstModel, isReady, type Model } from "./model.ts";
import { describe } from "./screen/describe.ts";
import { openSession } from "./session.ts";
import { type Happening, update } from "./update.ts";
import type { Words } from "./words/en.ts";

/** What the page knows before it has asked the server: whose session is meant, and whether Twilio is a local one. */
interface Address {
  readonly agent: string | null;
  readonly isLocal: boolean;
}

/** Starts the page: everything that happens goes through `update`, and what is shown comes from `describe`. */
export function openAgentPage({ agent, isLocal }: Address, words: Words, language: string): void {
  let model: Model = { ...firstModel, isLocal };
  const api = openApi(agent);
  const session = openSession(api, { tell, model: () => model });
  const now = (): number => performance.now();
  const announceMute = muteAnnouncer((call, muted) => void session.announceMuted(call, muted), now);
  const render = renderer(words, language, session.actions);
  const guard = leaveGuard();

  function tell(happening: Happening): void {
    model = update(model, happening);
    session.setReady(isReady(model));
    announceMute(model);
    show();
  }

  function show(): void {
    const screen = describe(model, Date.now(), words);
    guard(screen.asksBeforeLeaving);
    render(screen);
  }

  function tick(): void {
    announceMute(model);
    if (model.view?.call) show();
  }

  tell({ kind: "silenced", isSilent: !isActivated() });
  whenActivated(() => tell({ kind: "silenced", isSilent: false }));
  setInterval(tick, 1_000);
  // Out of the back-forward cache: the line and the events were cut when the page went in.
  window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  void session.start();
}
