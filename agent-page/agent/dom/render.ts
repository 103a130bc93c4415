import type { Screen } from "../screen/screen.ts";
import type { Words } from "../words/en.ts";
import type { Actions } from "../actions.ts";
import { callSection } from "./call.ts";
import { byId, onPress, setShown, setText } from "./elements.ts";
import { createFocusKeeper } from "./focus.ts";
import { createTitle } from "../title.ts";
import { listenForKeys } from "./keys.ts";
import { colleagueSection, idleSection } from "./idle.ts";
import { incomingSection } from "./incoming.ts";
import { logSection } from "./log.ts";
import { noticeList } from "./notices.ts";

/** Binds the page's elements once; the returned function makes them show a screen. */
export function renderer(words: Words, language: string, actions: Actions): (screen: Screen) => void {
  const header = headerSection(words, actions);
  const footer = footerSection(words, actions);
  const title = createTitle();
  const notices = noticeList(words, actions.tryMicrophone);
  const panels = panelSections(words, actions);
  const colleagues = colleagueSection(words);
  const log = logSection("log", language);
  const missed = logSection("missed", language);
  const keepFocus = createFocusKeeper();
  return (screen) => {
    title(screen);
    header(screen);
    footer(screen);
    notices(screen.notices);
    panels(screen.panel);
    colleagues(screen.colleagues);
    log(screen.log);
    missed(screen.missed);
    keepFocus(screen.panel?.kind ?? null);
  };
}

function footerSection(words: Words, actions: Actions): (screen: Screen) => void {
  const [sound, keys] = [byId("sound", HTMLButtonElement), byId("keys-help", HTMLButtonElement)];
  const [notify, signOut] = [byId("notify", HTMLButtonElement), byId("sign-out", HTMLButtonElement)];
  setText(sound, words.sound);
  setText(keys, words.keys);
  setText(notify, words.notify);
  setText(signOut, words.signOut);
  onPress(sound, actions.chooseSound);
  onPress(keys, actions.showKeys);
  onPress(notify, actions.allowNotifications);
  onPress(signOut, actions.signOut);
  listenForKeys();
  return (screen) => {
    for (const button of [sound, keys]) setShown(button, screen.takesCalls !== null);
    setShown(notify, screen.offersNotifications);
    setShown(signOut, screen.canSignOut);
  };
}

function headerSection(words: Words, actions: Actions): (screen: Screen) => void {
  const who = byId("who", HTMLElement);
  const status = byId("status", HTMLElement);
  const takesCalls = byId("takes-calls", HTMLButtonElement);
  setText(byId("takes-calls-label", HTMLElement), words.takeCalls);
  onPress(takesCalls, () => actions.takeCalls(takesCalls.getAttribute("aria-checked") !== "true"));
  return (screen) => {
    setText(who, screen.who);
    setText(status, screen.status.text);
    status.dataset.tone = screen.status.tone;
    setShown(takesCalls, screen.takesCalls !== null);
    takesCalls.setAttribute("aria-checked", String(screen.takesCalls ?? false));
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
