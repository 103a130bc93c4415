import type { Mistake } from "./mistakes.ts";
import type { Settings } from "./settings.ts";

const NEEDED = ["accountSid", "authToken", "apiKey", "apiSecret", "operatorToken"] as const;

/** One sentence for an empty folder, in place of one for each setting. Undefined once anything is set. */
export function emptyFolderMistake(settings: Settings): Mistake | undefined {
  if (NEEDED.some((key) => settings[key].source !== "default")) return undefined;
  return {
    message: "This folder is not set up.",
    hint: "Run: warm-transfer init. To try it without a Twilio account, run: warm-transfer sandbox",
  };
}
