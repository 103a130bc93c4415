import type { Command } from "commander";
import type { EndFlags, ShowFlags } from "../commands/conferences.ts";
import type { Context } from "../context.ts";
import { withExamples } from "../examples.ts";
import type { Declare, Finish } from "./declare.ts";
import { CONFERENCE, withNumbers, withServerOptions } from "./server-options.ts";

const load = () => import("../commands/conferences.ts");

function declareList(group: Command, context: Context, finish: Finish): void {
  const command = withNumbers(
    group
      .command("list")
      .summary("list the live calls")
      .description("Lists the live calls, waiting ones included: state, legs, transfer."),
  ).action((flags: ShowFlags) =>
    finish(load().then(({ listConferences }) => listConferences(flags, context))),
  );
  withExamples(command, [
    ["warm-transfer conferences list", "a line for each call"],
    ["warm-transfer conferences list --numbers", "with the customers' numbers"],
    ["warm-transfer conferences list --json", "for programs"],
  ]);
}

function declareShow(group: Command, context: Context, finish: Finish): void {
  const command = withNumbers(
    group
      .command("show")
      .summary("show one call with its story")
      .description("Shows a call, live or ended: its legs and its story. Works without a server.")
      .argument(...CONFERENCE),
  ).action((word: string | undefined, flags: ShowFlags) =>
    finish(load().then(({ showConference }) => showConference(word, flags, context))),
  );
  withExamples(command, [
    ["warm-transfer conferences show", "the only live call; prompts if there are several"],
    ["warm-transfer conferences show 5f3a9c", "by the last characters of its SID"],
  ]);
}

function declareWatch(group: Command, context: Context, finish: Finish): void {
  const command = withNumbers(
    group
      .command("watch")
      .summary("follow live calls")
      .description(
        "Follows all calls until Ctrl-C, or one call until it ends. Reconnects " +
          "if the server returns within --timeout.",
      )
      .argument(...CONFERENCE),
  ).action((word: string | undefined, flags: ShowFlags) =>
    finish(
      import("../commands/watch.ts").then(({ watchConferences }) => watchConferences(word, flags, context)),
    ),
  );
  withExamples(command, [
    ["warm-transfer conferences watch", "all calls"],
    ["warm-transfer conferences watch 5f3a9c", "one call, until it ends"],
    ["warm-transfer conferences watch --json", "one JSON object per line"],
  ]);
}

function declareEnd(group: Command, context: Context, finish: Finish): void {
  const command = withServerOptions(
    group
      .command("end")
      .summary("end a call for everyone")
      .description("Ends a call for everyone in it.")
      .argument(...CONFERENCE)
      .option("--yes", "do not ask"),
  ).action((word: string | undefined, flags: EndFlags) =>
    finish(load().then(({ endConference }) => endConference(word, flags, context))),
  );
  withExamples(command, [
    ["warm-transfer conferences end 5f3a9c", "asks first"],
    ["warm-transfer conferences end 5f3a9c --yes", "for scripts"],
  ]);
}

/** `warm-transfer conferences` */
export const declareConferences: Declare = (program, context, finish) => {
  const group = program
    .command("conferences")
    .alias("calls")
    .helpCommand(false)
    .summary("live calls: list, show, watch, end")
    .description("Lists and ends live calls. Each live call has its own Twilio conference.");
  withExamples(group, [
    ["warm-transfer conferences list", "every live call"],
    ["warm-transfer conferences watch", "a line for each event"],
  ]);
  for (const declare of [declareList, declareShow, declareWatch, declareEnd]) declare(group, context, finish);
};
