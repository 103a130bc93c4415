import { morph } from "./morph.ts";

/** Pause between two updates, in ms: a reader follows no more. */
const PAUSE_MS = 250;

const element = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
};

const [content, said, pause] = [element("content"), element("said"), element("pause")];
const say = (words: string): void => void (said.textContent = words);

function offerCopies(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-copy]")) button.hidden = false;
}

async function refresh(): Promise<void> {
  const reply = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!reply.ok) return;
  const next = new DOMParser().parseFromString(await reply.text(), "text/html").getElementById("content");
  if (!next) return;
  offerCopies(next);
  morph(content, next);
}

let isPaused = false;
/** An update is under way, or its pause; another change came meanwhile. */
let [isBusy, isStale] = [false, false];

async function update(): Promise<void> {
  isStale = true;
  if (isBusy || isPaused) return;
  isBusy = true;
  isStale = false;
  // Without an answer the stream is gone, too: its return brings the next update.
  await refresh().catch(() => undefined);
  setTimeout(() => {
    isBusy = false;
    if (isStale) void update();
  }, PAUSE_MS);
}

function follow(): void {
  const events = new EventSource("/inspector/events");
  events.addEventListener("open", () => {
    say("Live: the page follows what happens.");
    void update();
  });
  events.addEventListener("message", () => void update());
  events.addEventListener("error", () => say("No connection to the emulator; trying again."));
}

pause.addEventListener("click", () => {
  isPaused = !isPaused;
  pause.setAttribute("aria-pressed", String(isPaused));
  say(isPaused ? "Paused: the page stays as it is." : "Live: the page follows what happens.");
  if (!isPaused) void update();
});

interface Sent {
  id: number;
  status: number | null;
  durationMs: number;
  error: { code: number; message: string } | null;
}

async function sendAgain(form: HTMLFormElement): Promise<void> {
  const reply = await fetch(form.action, { method: "POST", headers: { accept: "application/json" } });
  if (!reply.ok) return say(`Not sent: ${await reply.text()}`);
  const { id, status, durationMs, error } = (await reply.json()) as Sent;
  const outcome = error ? `failed: ${error.code}, ${error.message}` : `answered ${status}`;
  say(`Sent again as delivery ${id}: ${outcome}, ${durationMs} ms.`);
}

async function copy(address: string): Promise<void> {
  const reply = await fetch(address);
  if (!reply.ok) return say(`Not copied: ${await reply.text()}`);
  const text = await reply.text();
  // Only pages of this machine, or by TLS, have a clipboard.
  await navigator.clipboard.writeText(text);
  say("Copied as curl.");
}

const failed = (): void => say("That did not work. “Show as curl” has the text.");

document.addEventListener("submit", (event) => {
  if (!(event.target instanceof HTMLFormElement)) return;
  event.preventDefault();
  void sendAgain(event.target).catch(() => say("The emulator did not answer."));
});

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
  const address = button?.getAttribute("data-copy");
  if (address) void copy(address).catch(failed);
});

/** A link to a request shows all of it. */
function openTarget(): void {
  const target = document.getElementById(location.hash.slice(1));
  if (!(target instanceof HTMLDetailsElement)) return;
  target.open = true;
  target.querySelector("summary")?.focus();
}

addEventListener("hashchange", openTarget);
offerCopies(document);
element("live").hidden = false;
openTarget();
follow();
