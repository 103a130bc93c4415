import type { Mistake } from "./mistakes.ts";
import type { Settings } from "./settings.ts";

const NEEDED = ["accountSid", "authToken", "apiKey", "apiSecret", "operatorToken"] as const;

/** Somebody who has set up nothing needs one sentence, not one for each setting. Undefined when anything was said. */
export function untouchedMistake(settings: Settings): Mistake | undefined {
  if (NEEDED.some((key) => settings[key].source !== "default")) return undefined;
  return {
    message: "Nothing is set up in this folder.",
    hint: "Type: warm-transfer init. To try everything without an account: warm-transfer sandbox",
  };
}
