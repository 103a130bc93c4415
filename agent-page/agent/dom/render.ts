import type { Screen } from "../screen/screen.ts";
import type { Words } from "../words/en.ts";
import type { Actions } from "../actions.ts";
import { callSection } from "./call.ts";
import { byId, onPress, setShown, setText } from "./elements.ts";
import { createFocusKeeper } from "./focus.ts";
import { colleagueSection, idleSection } from "./idle.ts";
import { incomingSection } from "./incoming.ts";
import { logSection } from "./log.ts";
import { noticeList } from "./notices.ts";

/** Binds the page's elements once; the returned function makes them show a screen. */
export function renderer(words: Words, language: string, actions: Actions): (screen: Screen) => void {
  const header = headerSection(words, actions);
  const notices = noticeList(words, actions.tryMicrophone);
  const panels = panelSections(words, actions);
  const colleagues = colleagueSection(words);
  const log = logSection("log", language);
  const missed = logSection("missed", language);
  const keepFocus = createFocusKeeper();
  return (screen) => {
    if (document.title !== screen.title) document.title = screen.title;
    header(screen);
    notices(screen.notices);
    panels(screen.panel);
    colleagues(screen.colleagues);
    log(screen.log);
    missed(screen.missed);
    keepFocus(screen.panel?.kind ?? null);
  };
}

function headerSection(words: Words, actions: Actions): (screen: Screen) => void {
  const who = byId("who", HTMLElement);
  const status = byId("status", HTMLElement);
  const takesCalls = byId("takes-calls", HTMLButtonElement);
  const signOut = byId("sign-out", HTMLButtonElement);
  setText(byId("takes-calls-label", HTMLElement), words.takeCalls);
  setText(signOut, words.signOut);
  onPress(takesCalls, () => actions.takeCalls(takesCalls.getAttribute("aria-checked") !== "true"));
  onPress(signOut, actions.signOut);
  return (screen) => {
    setText(who, screen.who);
    setText(status, screen.status.text);
    status.dataset.tone = screen.status.tone;
    setShown(takesCalls, screen.takesCalls !== null);
    takesCalls.setAttribute("aria-checked", String(screen.takesCalls ?? false));
    setShown(signOut, screen.canSignOut);
  };
}

function panelSections(words: Words, actions: Actions): (panel: Screen["panel"]) => void {
  const sections = {
    idle: byId("idle", HTMLElement),
    incoming: byId("incoming", HTMLElement),
    call: byId("call", HTMLElement),
  };
  const idle = idleSection();
  const incoming = incomingSection(words, actions);
  const call = callSection(words, actions);
  return (panel) => {
    if (panel?.kind === "idle") idle(panel);
    if (panel?.kind === "incoming") incoming(panel);
    call(panel?.kind === "call" ? panel : null);
    for (const [kind, section] of Object.entries(sections)) setShown(section, kind === panel?.kind);
  };
}
