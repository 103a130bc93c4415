import { isActivated, whenActivated } from "./activation.ts";
import { readyAnnouncer } from "./announce-ready.ts";
import { openApi } from "./api.ts";
import { renderer } from "./dom/render.ts";
import { leaveGuard } from "./leave-guard.ts";
import { firstModel, type Model } from "./model.ts";
import { describe } from "./screen/describe.ts";
import { openSession } from "./session.ts";
import { type Happening, update } from "./update.ts";
import type { Words } from "./words/en.ts";

/** Starts the page: everything that happens goes through `update`, and what is shown comes from `describe`. */
export function openAgentPage(agent: string | null, words: Words, language: string): void {
  let model: Model = firstModel;
  const api = openApi(agent);
  const session = openSession(api, { tell, model: () => model });
  const announce = readyAnnouncer(
    (ready) => void session.announce(ready),
    () => performance.now(),
  );
  const render = renderer(words, language, session.actions);
  const guard = leaveGuard();

  function tell(happening: Happening): void {
    model = update(model, happening);
    announce(model);
    show();
  }

  function show(): void {
    const screen = describe(model, Date.now(), words);
    guard(screen.asksBeforeLeaving);
    render(screen);
  }

  function tick(): void {
    announce(model);
    if (model.view?.call) show();
  }

  tell({ kind: "silenced", isSilent: !isActivated() });
  whenActivated(() => tell({ kind: "silenced", isSilent: false }));
  setInterval(tick, 1_000);
  window.addEventListener("pagehide", () => model.session === "signed-in" && void api.ready(false));
  // Out of the back-forward cache: the line and the events were cut when the page went in.
  window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  void session.start();
}
