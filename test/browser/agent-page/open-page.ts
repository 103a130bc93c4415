import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { build } from "vite";
import config from "../../../vite.config.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--use-fake-device-for-media-stream",
  "--disable-background-networking",
  "--no-first-run",
];

/** Builds the agent's page as it is shipped into a folder; returns the folder. */
export async function buildPage(outDir: string): Promise<string> {
  await build({
    ...config,
    configFile: false,
    logLevel: "silent",
    build: {
      ...config.build,
      outDir,
      rolldownOptions: { ...config.build?.rolldownOptions, input: ["agent-page/index.html"] },
    },
  });
  return outDir;
}

/**
 * A Chromium that grants the microphone, or denies it.
 * @param part `window`: the whole browser, for its choice of devices, its prompts and the focus of its window; `page`: its headless
 * shell if this machine has one, which shows a page with a quarter of the processor time
 */
export function launch(
  microphone: "granted" | "denied" = "granted",
  part: "page" | "window" = "page",
): Promise<Browser> {
  const grant = microphone === "granted" ? ["--use-fake-ui-for-media-stream"] : ["--deny-permission-prompts"];
  const whole = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  return chromium.launch({
    executablePath: part === "window" ? whole : (process.env.HEADLESS_SHELL_PATH ?? whole),
    args: [...FLAGS, ...grant],
  });
}

/** A page of its own, and what its console said and where it went. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (new URL(request.url()).hostname !== "127.0.0.1")
      complaints.push(`left the machine: ${request.url()}`);
  });
  await page.goto(url);
  return { page, complaints };
}
