import { existsSync } from "node:fs";
import { ROOT, run, runTool } from "./run.mjs";
import { giveUp, say, timed } from "./say.mjs";

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

async function playwrightsOwn() {
  const { chromium } = await import("playwright-core");
  return chromium.executablePath();
}

async function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given && !existsSync(given))
    giveUp(
      `CHROMIUM_PATH names ${given}, which does not exist.`,
      "correct it, or unset it so that the tests search for one",
    );
  return [given, ...USUAL_PLACES, await playwrightsOwn()].find((path) => path && existsSync(path));
}

const SHELL_PLACES = ["/usr/bin/chromium-headless-shell", "/usr/lib/chromium/chromium-headless-shell"];

const findShell = () =>
  [process.env.HEADLESS_SHELL_PATH, ...SHELL_PLACES].find((path) => path && existsSync(path));

const isDebianRoot = () => process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");

async function installPackage(name) {
  await run("apt-get", ["update", "-qq"], { quiet: true });
  return run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], {
    quiet: true,
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
}

const installChromium = () =>
  isDebianRoot()
    ? installPackage("chromium")
    : runTool("playwright-core/cli.js", ["install", "chromium"], { quiet: true });

/**
 * Finds Chromium without its window, which opens a page with a quarter of the processor time, or installs it where that is a matter
 * of one package. Resolves with its path; undefined: tests of pages take Chromium itself.
 */
export async function ensureHeadlessShell() {
  if (!findShell() && isDebianRoot())
    await timed("Installing Chromium's headless shell", "Ran the installation of the headless shell", () =>
      installPackage("chromium-headless-shell"),
    );
  return findShell();
}

/** Finds Chromium, or installs it. Resolves with its path. */
export async function ensureChromium() {
  const found = await findChromium();
  if (found) return found;
  const { output } = await timed(
    "Installing Chromium for the browser tests",
    "Ran the installation of Chromium",
    installChromium,
  );
  const installed = await findChromium();
  if (installed) return installed;
  say(output.trim().split("\n").slice(-5).join("\n"));
  return giveUp(
    "The browser tests need Chromium, and installing it failed.",
    `install it yourself (Debian: apt-get install chromium; elsewhere, in ${ROOT}: npx playwright-core install chromium), or set CHROMIUM_PATH`,
  );
}
