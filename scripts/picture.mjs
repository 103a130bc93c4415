// `node scripts/picture.mjs`: plays a transfer in three real browsers and saves their screenshots as docs/sandbox.png, and the
// inspector's page of that call as emulator/docs/inspector.png.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureChromium } from "./lib/chromium.mjs";
import { ROOT } from "./lib/run.mjs";

const FLAGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
  "--autoplay-policy=no-user-gesture-required",
];
const WINDOW = { width: 420, height: 760 };

async function startSandbox() {
  const options = ["--json", "--port", "0", "--emulator-port", "0"];
  const child = spawn(process.execPath, [`${ROOT}dist/cli/index.js`, "sandbox", ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [ready] = await once(createInterface({ input: child.stdout }), "line");
  return { child, ready: JSON.parse(ready) };
}

async function openWindow(browser, address) {
  const context = await browser.newContext({ viewport: WINDOW, deviceScaleFactor: 2, locale: "en" });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** Customer and both agents in one call, agent 2 just joined by a transfer. */
async function playTransfer(phone, agent1, agent2) {
  const press = (page, name) => page.getByRole("button", { name }).click();
  for (const agent of [agent1, agent2])
    await agent
      .getByRole("status")
      .filter({ hasText: /^Ready$/ })
      .waitFor();
  await press(phone, /^Call$/);
  await press(agent1, /^Answer$/);
  await press(agent1, /^Transfer$/);
  await press(agent1, /^Bring in$/);
  await press(agent2, /^Answer$/);
  await agent2.getByRole("button", { name: /^Leave/ }).waitFor();
  await agent1.waitForTimeout(2_500);
}

async function compose(browser, pictures, path) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 860 }, deviceScaleFactor: 1.5 });
  const figures = pictures.map(
    ({ caption, image }) =>
      `<figure><img src="data:image/png;base64,${image.toString("base64")}"><figcaption>${caption}</figcaption></figure>`,
  );
  await page.setContent(`<style>
    body { margin: 0; padding: 32px; display: flex; gap: 28px; background: #dfe5ec; font: 17px system-ui, sans-serif; }
    figure { margin: 0; } img { width: 420px; border-radius: 14px; box-shadow: 0 8px 30px #0003; display: block; }
    figcaption { text-align: center; color: #2a3442; margin-top: 14px; }
  </style>${figures.join("")}`);
  await page.screenshot({ path, fullPage: true });
}

/** The sequence of the only call. */
async function pictureInspector(browser, emulator, path) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 640 }, deviceScaleFactor: 1.5 });
  await page.goto(`${emulator}/inspector`);
  await page.locator("#calls-table").getByRole("link").click();
  await page.getByRole("img", { name: /^Sequence/ }).waitFor();
  await page.screenshot({ path });
}

await ensureBuilt();
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: FLAGS });
const { child, ready } = await startSandbox();
try {
  const phone = await openWindow(browser, ready.phone);
  const agent1 = await openWindow(browser, ready.agents[0].signIn);
  const agent2 = await openWindow(browser, ready.agents[1].signIn);
  await playTransfer(phone, agent1, agent2);
  const pictures = [
    { caption: "The customer's phone", image: await phone.screenshot() },
    { caption: "The first agent, who may now leave", image: await agent1.screenshot() },
    { caption: "The second agent, brought in", image: await agent2.screenshot() },
  ];
  await compose(browser, pictures, `${ROOT}docs/sandbox.png`);
  await pictureInspector(browser, ready.emulator.url, `${ROOT}emulator/docs/inspector.png`);
} finally {
  await browser.close();
  child.kill("SIGINT");
  await once(child, "exit");
}
