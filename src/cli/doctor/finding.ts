import { type AppError, toAppError } from "../../errors.ts";

export type State = "ok" | "warning" | "failure";

/** What one check found. */
export interface Finding {
  /** What was looked at, in a word or two; the same in every run. */
  check: string;
  state: State;
  /** What is so, as a sentence. Has no secret in it. */
  message: string;
  /** What to type or to change; null when all is well. */
  hint: string | null;
}

/** Says what a check found about one thing. */
export interface Report {
  ok(message: string): Finding;
  warning(message: string, hint: string): Finding;
  failure(message: string, hint: string): Finding;
  /** What was thrown, as a failure. */
  failed(thrown: unknown): Finding;
  /** Something else has to be mended first. */
  notChecked(because: string): Finding;
}

/** @param check what the findings are about */
export function reportOn(check: string): Report {
  const failure = (message: string, hint: string): Finding => ({ check, state: "failure", message, hint });
  return {
    ok: (message) => ({ check, state: "ok", message, hint: null }),
    warning: (message, hint) => ({ check, state: "warning", message, hint }),
    failure,
    failed: (thrown) => {
      const { message, hint }: AppError = toAppError(thrown);
      return failure(message, hint ?? "Try again with --debug.");
    },
    notChecked: (because) => ({
      check,
      state: "warning",
      message: `Not checked: ${because}.`,
      hint: "Mend what is said above, then type: warm-transfer doctor",
    }),
  };
}
