import { type Browser, chromium } from "playwright-core";

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-features=Translate,OptimizationHints,MediaRouter",
];

/** What a browser needs to call without a person in front of it. `microphone` is a WAV file, played again and again. */
function callingFlags(microphone: string): string[] {
  return [
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-audio-capture=${microphone}`,
    "--autoplay-policy=no-user-gesture-required",
  ];
}

/** A Chromium of its own: found by the set-up step of `npm test`, which sets CHROMIUM_PATH. */
export function launchChromium(microphone?: string): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  return chromium.launch({
    executablePath,
    args: [...QUIET, ...(microphone ? callingFlags(microphone) : [])],
  });
}
