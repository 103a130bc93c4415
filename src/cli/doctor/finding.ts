import { type AppError, toAppError } from "../../errors.ts";

export type State = "ok" | "warning" | "failure";

export interface Finding {
  /** Stable name of one or two words. */
  check: string;
  state: State;
  /** A sentence that claims only what was tested. Holds no secret. */
  message: string;
  /** The fix; null when nothing is wrong. */
  hint: string | null;
}

export interface Report {
  ok(message: string): Finding;
  warning(message: string, hint: string): Finding;
  failure(message: string, hint: string): Finding;
  /** Converts an error to a failure. */
  failed(thrown: unknown): Finding;
  /** Another problem must be fixed first. */
  notChecked(because: string): Finding;
}

export function reportOn(check: string): Report {
  const failure = (message: string, hint: string): Finding => ({ check, state: "failure", message, hint });
  return {
    ok: (message) => ({ check, state: "ok", message, hint: null }),
    warning: (message, hint) => ({ check, state: "warning", message, hint }),
    failure,
    failed: (thrown) => {
      const { message, hint }: AppError = toAppError(thrown);
      return failure(message, hint ?? "Run it again with --debug.");
    },
    notChecked: (because) => ({
      check,
      state: "warning",
      message: `Not checked: ${because}.`,
      hint: "Fix the problem above, then run: warm-transfer doctor",
    }),
  };
}
