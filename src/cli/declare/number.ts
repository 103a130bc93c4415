import type { Command } from "commander";
import { parseNumber } from "../arguments.ts";
import type { ResetNumberFlags } from "../commands/number/reset.ts";
import type { SetNumberFlags } from "../commands/number/set.ts";
import type { Context } from "../context.ts";
import { withExamples } from "../examples.ts";
import type { NumberFlags } from "../number/open-number.ts";
import type { Declare, Finish } from "./declare.ts";
import { timeoutOption } from "./server-options.ts";

const withNumber = (command: Command): Command =>
  command
    .option("--number <number>", "a number other than TWILIO_NUMBER", parseNumber)
    .addOption(timeoutOption("how long to wait for each response of Twilio (default: 10s)"));

const withConsent = (command: Command): Command =>
  command
    .option("--yes", "change it without a prompt")
    .option("--dry-run", "show what would change; change nothing");

function declareShow(group: Command, context: Context, finish: Finish): void {
  const command = withNumber(group.command("show"))
    .summary("show what the number does with calls")
    .description("Shows what Twilio does with calls to the number, and whether they go to this server.")
    .action((flags: NumberFlags) =>
      finish(import("../commands/number/show.ts").then(({ showNumber }) => showNumber(flags, context))),
    );
  withExamples(command, [
    ["warm-transfer number show", "the configured number"],
    ["warm-transfer number show --number +15550123 --json", "another number, as JSON"],
  ]);
}

function declareSet(group: Command, context: Context, finish: Finish): void {
  const command = withConsent(withNumber(group.command("set")))
    .summary("point the number at the server")
    .description(
      "Points the number at the server. Callers hear an apology while the server is down. " +
        "Saves the previous settings in .warm-transfer/; `number reset` restores them.",
    )
    .option("--public-url <address>", "the server's public URL: https://HOST")
    .option("--take-over", "also change a number that has a SIP trunk or an application, or takes faxes")
    .action((flags: SetNumberFlags) =>
      finish(import("../commands/number/set.ts").then(({ setNumber }) => setNumber(flags, context))),
    );
  withExamples(command, [
    [
      "warm-transfer number set --public-url https://calls.example.com",
      "shows old and new settings, and prompts",
    ],
    ["warm-transfer number set --dry-run", "only shows them"],
    ["warm-transfer number set --yes --json", "for scripts"],
  ]);
}

function declareReset(group: Command, context: Context, finish: Finish): void {
  const command = withConsent(withNumber(group.command("reset")))
    .summary("restore the number's previous settings")
    .description(
      "Restores the settings that the number had before this folder changed it, also after a crash. " +
        "Prompts only if someone else has changed the number since. Repeatable.",
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
    .summary("show, set or reset the Twilio number's voice webhook")
    .description("Shows and changes what Twilio does with calls to your number.")
    .helpCommand(false);
  declareShow(group, context, finish);
  declareSet(group, context, finish);
  declareReset(group, context, finish);
};
