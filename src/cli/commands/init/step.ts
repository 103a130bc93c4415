import type { Settings } from "../../../config/settings.ts";
import type { Context } from "../../context.ts";
import { orInterrupted } from "../../terminal/interrupted-error.ts";
import { type Prompts, createPrompts } from "../../terminal/prompts.ts";
import { whileWaiting } from "../../while-waiting.ts";
import type { InitFlags } from "./flags.ts";

export interface Step {
  settings: Settings;
  /** Null without a terminal; every required setting was passed then. */
  prompts: Prompts | null;
  readonly info: (text: string) => void;
  /** For each request to Twilio, in milliseconds. Undefined: the default. */
  readonly timeoutMs: number | undefined;
  /** Waits for Twilio, or until Ctrl-C. */
  readonly waitFor: <T>(work: Promise<T>) => Promise<T>;
}

export function createStep(settings: Settings, { timeout }: InitFlags, context: Context): Step {
  return {
    settings,
    prompts: context.input.isInteractive ? createPrompts(context) : null,
    info: (text) => context.output.info(text),
    timeoutMs: timeout,
    waitFor: (work) => whileWaiting("Twilio", context.output, () => orInterrupted(context.interrupted, work)),
  };
}

/** True for flags and variables, for which there is no prompt. */
export function isExplicit({ source }: { source: string }): boolean {
  return source === "flag" || source === "environment";
}
