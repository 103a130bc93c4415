import type { HistoryFlags } from "../commands/history.ts";
import { withExamples } from "../examples.ts";
import { parseSince } from "../times.ts";
import type { Declare } from "./declare.ts";
import { withNumbers } from "./server-options.ts";

/** `warm-transfer history` */
export const declareHistory: Declare = (program, context, finish) => {
  const command = withNumbers(
    program
      .command("history")
      .summary("ended calls and their outcomes")
      .description("Lists ended calls of the last 30 days, newest first. Works without a server.")
      .option(
        "--since <when>",
        "a duration or a date (default: 1d)",
        // Commander passes an earlier value as the second argument.
        (text: string) => parseSince(text),
      ),
  ).action((flags: HistoryFlags) =>
    finish(import("../commands/history.ts").then(({ history }) => history(flags, context))),
  );
  withExamples(command, [
    ["warm-transfer history", "calls that ended in the last 24 hours"],
    ["warm-transfer history --since 1h", "in the last hour"],
    ["warm-transfer history --since 2026-01-31 --json", "since that day, for programs"],
  ]);
};
