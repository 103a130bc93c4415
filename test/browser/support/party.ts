import type { Page } from "playwright-core";
import { openChromium } from "./chromium.ts";
import { HEARD_DB, NOT_HEARD_DB, giveEar, listen } from "./ear.ts";
import { toneFile } from "./tone-file.ts";

/** Somebody in front of a browser of their own, who whistles one tone, which nobody else whistles at the same time. */
export interface Party {
  readonly name: string;
  readonly hz: number;
  readonly page: Page;
  /** What the browser's console said, and requests that left the machine. */
  readonly complaints: string[];
  close(): Promise<void>;
}

const LOCAL = /^(https?|wss?):\/\/(127\.0\.0\.1|localhost)[:/]|^(data|blob|about):/;

function watch(page: Page, complaints: string[]): void {
  page.on("console", (message) => complaints.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!LOCAL.test(request.url())) complaints.push(`left the machine: ${request.url()}`);
  });
}

/** Opens `address` in a Chromium whose microphone beeps at `hz`. */
export async function openParty(name: string, hz: number, address: string): Promise<Party> {
  const browser = await openChromium("window", { plays: toneFile(hz) });
  const page = await browser.newPage({ permissions: ["microphone"] });
  const complaints: string[] = [];
  watch(page, complaints);
  await giveEar(page);
  await page.goto(address);
  return { name, hz, page, complaints, close: () => browser.close() };
}

async function hears(listener: Party, speakers: readonly Party[]): Promise<string> {
  const levels = await listen(
    listener.page,
    speakers.map((speaker) => speaker.hz),
  );
  const verdicts = speakers.map((speaker, i) => {
    const level = levels[i] ?? -120;
    if (level > HEARD_DB) return speaker.name;
    return level < NOT_HEARD_DB ? undefined : `${speaker.name}?`;
  });
  return `${listener.name} hears ${verdicts.filter(Boolean).join(", ") || "nobody"}`;
}

/** Who hears whom, as sentences, by ear: one per party, in the order given. */
export function whoHearsWhom(parties: readonly Party[]): Promise<string[]> {
  return Promise.all(
    parties.map((listener) =>
      hears(
        listener,
        parties.filter((speaker) => speaker !== listener),
      ),
    ),
  );
}
