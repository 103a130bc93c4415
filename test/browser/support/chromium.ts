import { type Browser, type LaunchOptions, chromium } from "playwright-core";
import { endOrderly } from "../../support/temporary-folder.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // The address bar's suggestions are two web pages of their own: half of what a window costs.
  "--disable-features=Translate,OptimizationHints,MediaRouter,WebUIOmniboxPopup,WebUIOmniboxAimPopup",
];

const DEVICE = "--use-fake-device-for-media-stream";

const MICROPHONES = {
  none: [],
  /** There is one, and the browser asks the person whether a page may use it. */
  asks: [DEVICE],
  granted: [DEVICE, "--use-fake-ui-for-media-stream"],
  denied: [DEVICE, "--deny-permission-prompts"],
};

/** Or a WAV file, played again and again. */
type Microphone = keyof typeof MICROPHONES | { plays: string };

const microphoneFlags = (microphone: Microphone): string[] =>
  typeof microphone === "string"
    ? MICROPHONES[microphone]
    : [
        DEVICE,
        `--use-file-for-fake-audio-capture=${microphone.plays}`,
        "--autoplay-policy=no-user-gesture-required",
      ];

/**
 * `window`: the whole browser, for its choice of devices, its prompts, the focus of its window, and sound; `page`: its headless
 * shell if this machine has one, which shows a page with half of the processor time.
 */
export type Part = "window" | "page";

/** The Chromium that the set-up of `npm test` found: it sets CHROMIUM_PATH and HEADLESS_SHELL_PATH. */
export function chromiumOptions(part: Part, microphone: Microphone): LaunchOptions {
  const whole = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  return {
    executablePath: part === "window" ? whole : (process.env.HEADLESS_SHELL_PATH ?? whole),
    args: [...FLAGS, ...microphoneFlags(microphone)],
  };
}

// Playwright makes a browser's profile in the folder for temporary files.
if (process.env.BROWSERS_FOLDER) process.env.TMPDIR = process.env.BROWSERS_FOLDER;

const launched = new Map<string, Promise<Browser>>();

async function launch(kind: string, options: LaunchOptions): Promise<Browser> {
  endOrderly();
  const browser = await chromium.launch({ ...options, handleSIGTERM: false });
  browser.once("disconnected", () => launched.delete(kind));
  browser.close = async () => {
    for (const context of browser.contexts()) await context.close();
  };
  return browser;
}

/**
 * One Chromium of each kind for all files of a worker: a start takes as much processor time as a test or two. `close` closes the
 * contexts in it, which are all that a file may have opened, and keeps the browser, which Playwright ends with the worker.
 */
export function openChromium(part: Part, microphone: Microphone): Promise<Browser> {
  const kind = JSON.stringify([part, microphone]);
  const browser = launched.get(kind) ?? launch(kind, chromiumOptions(part, microphone));
  launched.set(kind, browser);
  return browser;
}
