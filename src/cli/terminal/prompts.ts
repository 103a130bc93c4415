import { stderr } from "node:process";
import { AppError } from "../../errors.ts";
import type { Context } from "../context.ts";
import { InterruptedError } from "./interrupted-error.ts";

/** True, or the error message, after which the prompt repeats. */
type Check = (answer: string) => true | string;

export interface Choice<T> {
  name: string;
  value: T;
  /** Shown while the choice is highlighted. */
  description?: string;
}

/** Ctrl-C at any prompt throws InterruptedError. */
export interface Prompts {
  text(question: { message: string; default?: string; check?: Check }): Promise<string>;
  /** Masks the input. */
  secret(question: { message: string; check?: Check }): Promise<string>;
  choose<T>(question: { message: string; choices: readonly Choice<T>[]; default?: T }): Promise<T>;
  confirm(question: { message: string; default: boolean }): Promise<boolean>;
}

const withColon = (message: string): string => (/[?:]$/.test(message) ? message : `${message}:`);

const INTERRUPTIONS = new Set(["ExitPromptError", "AbortPromptError", "CancelPromptError"]);

async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (thrown) {
    if (thrown instanceof Error && INTERRUPTIONS.has(thrown.name)) throw new InterruptedError();
    throw thrown;
  }
}

/**
 * Prompts on stderr. The first one imports the library.
 * @throws AppError usage without a terminal; check `input.isInteractive` first
 */
export function createPrompts({ input, interrupted }: Pick<Context, "input" | "interrupted">): Prompts {
  if (!input.isInteractive) throw new AppError("usage", "Not a terminal; prompts are not possible.");
  const library = () => import("@inquirer/prompts");
  // Standard output is for data.
  const where = { output: stderr, signal: interrupted };
  return {
    async text({ message, default: preset, check = () => true }) {
      const { input } = await library();
      const optional = preset === undefined ? {} : { default: preset, prefill: "editable" as const };
      return (
        await answered(input({ message: withColon(message), validate: check, ...optional }, where))
      ).trim();
    },
    async secret({ message, check = () => true }) {
      const { password } = await library();
      return answered(
        password({ message: withColon(message), mask: "*", toggleMask: false, validate: check }, where),
      );
    },
    async choose({ message, choices, default: preset }) {
      const { select } = await library();
      const optional = preset === undefined ? {} : { default: preset };
      return answered(select({ message, choices: [...choices], ...optional }, where));
    },
    async confirm({ message, default: preset }) {
      const { confirm } = await library();
      return answered(confirm({ message, default: preset }, where));
    },
  };
}
