import type { ToPhone } from "../src/phone/protocol.ts";
import { type Controller, createController } from "./controller.ts";
import { dialled, numberFrom } from "./dialled.ts";
import { openLink } from "./link.ts";
import { createCallSound } from "./sound/call-sound.ts";
import { type PhoneEvent, initialState, update } from "./state.ts";
import { applyWords } from "./view/apply-words.ts";
import { createCaptions } from "./view/captions.ts";
import { element } from "./view/elements.ts";
import { setUpKeypad } from "./view/keypad.ts";
import { suggestNumbers } from "./view/suggest-numbers.ts";
import { render } from "./view/render.ts";
import { chooseLanguage, wordsOf } from "./words/choose-words.ts";

const language = chooseLanguage(navigator.languages);
const words = wordsOf(language);
const query = new URLSearchParams(location.search);
const number = element<HTMLInputElement>("number");
const captions = createCaptions();
const sound = createCallSound(
  { said: element("said"), heard: element("heard") },
  element<HTMLAudioElement>("far-end"),
);
let state = initialState;

const show = (): void => render(state, words, Date.now());

function happened(event: PhoneEvent): void {
  const before = state.call;
  state = update(state, event);
  if (state.call === "idle" && before !== "idle") captions.quiet();
  if (event.type === "dialled" || (state.call === "incoming" && before === "idle")) captions.clear();
  show();
  controller.follow(null);
}

function received(message: ToPhone): void {
  happened({ type: "received", message, at: Date.now() });
  if (message.type === "caption") captions.add(message);
  if (message.type === "answered") controller.follow(message.sdp);
  if (message.type === "hello")
    suggestNumbers(number, element("numbers"), state.numbers, numberFrom(query, "to"));
}

function addressOfLink(): string {
  const address = new URL("/phone", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  const own = numberFrom(query, "from");
  if (own !== null) address.searchParams.set("number", own);
  return address.href;
}

function press(digit: string): void {
  if (state.call === "idle") number.value += digit;
  else controller.press(digit);
}

function go(): void {
  const to = dialled(number.value);
  if (state.call === "incoming") void controller.answer();
  else if (to === "") number.focus();
  else if (state.call === "idle" && state.link === "open") void controller.call(to);
}

const link = openLink(addressOfLink(), { received, lost: () => happened({ type: "link-lost" }) });
const controller: Controller = createController({ link, sound, state: () => state, happened });

applyWords(language, words);
setUpKeypad(element("keypad"), words.keypad, press);
element("call").addEventListener("click", go);
element("hang-up").addEventListener("click", () => controller.hangUp());
number.addEventListener("keydown", (event) => event.key === "Enter" && go());
setInterval(() => state.call === "connected" && show(), 500);
show();
