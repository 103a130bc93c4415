import { type BrowserContext, type BrowserServer, type Page, chromium } from "playwright-core";
import { chromiumOptions } from "./chromium.ts";

/** An agent in front of a Chromium of their own, which can be killed, frozen, or left. */
export interface LosableAgent {
  /** Opens the page in a new tab, in a new browser if there is none, and waits until it is ready. */
  open(): Promise<void>;
  press(button: string): Promise<void>;
  /** Presses *Transfer* and the way to transfer; there is one colleague. */
  transfer(way: string): Promise<void>;
  untilReady(): Promise<void>;
  refresh(): Promise<void>;
  closeTab(): Promise<void>;
  /** `kill -9` of all the browser's processes. */
  kill(): Promise<void>;
  /** Stops all the browser's processes, as when the computer sleeps. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

/** @param link resolves with the agent's sign-in link */
export function losableAgent(link: () => Promise<string>): LosableAgent {
  let browser: BrowserServer | null = null;
  let context: BrowserContext;
  let page: Page;

  /** Playwright starts the browser as the leader of a process group, in which all its processes are. */
  const signal = (name: NodeJS.Signals): void => {
    const pid = browser?.process().pid;
    if (pid === undefined) throw new Error("no browser is open");
    process.kill(-pid, name);
  };
  const launch = async (): Promise<void> => {
    browser = await chromium.launchServer(chromiumOptions("page", "granted"));
    const connected = await chromium.connect(browser.wsEndpoint());
    context = await connected.newContext({ locale: "en-GB" });
  };
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const untilReady = (): Promise<void> =>
    page
      .getByRole("status")
      .filter({ hasText: /^Ready$/ })
      .waitFor();
  return {
    untilReady,
    async open() {
      if (!browser) await launch();
      page = await context.newPage();
      // The page asks before it is left in a call.
      page.on("dialog", (dialog) => void dialog.accept());
      await page.goto(await link());
      await untilReady();
    },
    press: (name) => button(name).click(),
    async transfer(way) {
      await button("Transfer").click();
      await button(way).click();
    },
    refresh: async () => void (await page.reload()),
    closeTab: () => page.close({ runBeforeUnload: false }),
    async kill() {
      const died = new Promise((resolve) => browser?.process().once("exit", resolve));
      signal("SIGKILL");
      await died;
      browser = null;
    },
    freeze: () => signal("SIGSTOP"),
    thaw: () => signal("SIGCONT"),
    async close() {
      await browser?.close();
    },
  };
}
