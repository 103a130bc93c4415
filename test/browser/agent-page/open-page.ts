import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { build } from "vite";
import config from "../../../vite.config.ts";
import { workerFolder } from "../../support/temporary-folder.ts";

async function buildPage(outDir: string): Promise<string> {
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

let built: Promise<string> | undefined;

/** Builds the agent's page as it is shipped, once for all files of this worker; returns its folder. */
export function builtPage(): Promise<string> {
  built ??= buildPage(workerFolder());
  return built;
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
