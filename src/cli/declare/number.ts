import type { Command } from "commander";
import { parseNumber } from "../arguments.ts";
import type { ResetNumberFlags } from "../commands/number/reset.ts";
import type { SetNumberFlags } from "../commands/number/set.ts";
import type { Context } from "../context.ts";
import { withExamples } from "../examples.ts";
import type { LineFlags } from "../number/open-line.ts";
import type { Declare, Finish } from "./declare.ts";
import { timeoutOption } from "./server-options.ts";

const withNumber = (command: Command): Command =>
  command
    .option("--number <number>", "another number than the one of the settings", parseNumber)
    .addOption(timeoutOption("how long to wait for Twilio, each time (default: 10s)"));

const withConsent = (command: Command): Command =>
  command.option("--yes", "change it without being asked").option("--dry-run", "only show what would change");

function declareShow(group: Command, context: Context, finish: Finish): void {
  const command = withNumber(group.command("show"))
    .summary("what the number does with calls now")
    .description("Shows what Twilio does with calls to the number, and whether they come to this server.")
    .action((flags: LineFlags) =>
      finish(import("../commands/number/show.ts").then(({ showNumber }) => showNumber(flags, context))),
    );
  withExamples(command, [
    ["warm-transfer number show", "the number of the settings"],
    ["warm-transfer number show --number +15550123 --json", "another one, for programs"],
  ]);
}

function declareSet(group: Command, context: Context, finish: Finish): void {
  const command = withConsent(withNumber(group.command("set")))
    .summary("let the number's calls come to the server")
    .description(
      "Points the number at the server, with an apology for callers when the server is down. " +
        "What the number did before is kept in .warm-transfer/ and comes back with `number reset`.",
    )
    .option("--public-url <address>", "where Twilio reaches the server: https://HOST")
    .option("--take-over", "also a number that a SIP trunk or an application answers, or that takes faxes")
    .action((flags: SetNumberFlags) =>
      finish(import("../commands/number/set.ts").then(({ setNumber }) => setNumber(flags, context))),
    );
  withExamples(command, [
    ["warm-transfer number set --public-url https://calls.example.com", "shows old and new, and asks"],
    ["warm-transfer number set --dry-run", "only shows them"],
    ["warm-transfer number set --yes --json", "for scripts"],
  ]);
}

function declareReset(group: Command, context: Context, finish: Finish): void {
  const command = withConsent(withNumber(group.command("reset")))
    .summary("give the number back what it had")
    .description(
      "Restores exactly what the number did before it was set from here, also after a crash. " +
        "Asks only when somebody else has changed it since. May be repeated.",
    )
    .action((flags: ResetNumberFlags) =>
      finish(import("../commands/number/reset.ts").then(({ resetNumber }) => resetNumber(flags, context))),
    );
  withExamples(command, [["warm-transfer number reset", "after a crash, or to move the number elsewhere"]]);
}

/** `warm-transfer number show|set|reset` */
export const declareNumber: Declare = (program, context, finish) => {
  const group = program
    .command("number")
    .summary("what the Twilio number does with calls: show, set, reset")
    .description("Shows and changes what Twilio does with calls to your number.")
    .helpCommand(false);
  declareShow(group, context, finish);
  declareSet(group, context, finish);
  declareReset(group, context, finish);
};
