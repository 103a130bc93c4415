import type { Settings } from "../../../config/settings.ts";
import type { Context } from "../../context.ts";
import { orInterrupted } from "../../interrupted-error.ts";
import { type Prompts, createPrompts } from "../../prompts.ts";
import { whileWaiting } from "../../while-waiting.ts";
import type { InitFlags } from "./flags.ts";

/** What every step of `init` works with. */
export interface Step {
  settings: Settings;
  /** Null: there is nobody to ask, and everything that is needed was given. */
  prompts: Prompts | null;
  readonly say: (text: string) => void;
  /** How long each request to Twilio may take, in milliseconds. Undefined: as long as always. */
  readonly timeoutMs: number | undefined;
  /** Waits for Twilio, but no longer than until Ctrl-C. */
  readonly until: <T>(work: Promise<T>) => Promise<T>;
}

/** What every step works with, at this terminal or without one. */
export function createStep(settings: Settings, { timeout }: InitFlags, context: Context): Step {
  return {
    settings,
    prompts: context.input.isInteractive ? createPrompts(context) : null,
    say: (text) => context.output.say(text),
    timeoutMs: timeout,
    until: (work) => whileWaiting("Twilio", context.output, () => orInterrupted(context.asked, work)),
  };
}

/** True for what was said on the command line or in the environment, and is not asked again. */
export function isSaid({ source }: { source: string }): boolean {
  return source === "flag" || source === "environment";
}
