import type { Command } from "commander";
import type { ShowFlags } from "../commands/conferences.ts";
import type { ServerFlags } from "../control/with-control.ts";
import type { Context } from "../context.ts";
import type { ParticipantChange } from "../../server/control-api.ts";
import { withExamples } from "../examples.ts";
import type { Declare, Finish } from "./declare.ts";
import { CONFERENCE, withNumbers, withServerOptions } from "./server-options.ts";

const load = () => import("../commands/participants.ts");

const CHANGES: readonly [change: ParticipantChange, verb: string, rest: string, example: string][] = [
  ["hold", "put", "a leg on hold: it hears music", "customer"],
  ["unhold", "take", "a leg off hold", "customer"],
  ["mute", "mute", "a leg: it hears and is not heard", "agent1"],
  ["unmute", "unmute", "a leg", "agent1"],
  ["remove", "remove", "a leg from the call", "agent2-1"],
];

function declareList(group: Command, context: Context, finish: Finish): void {
  const command = withNumbers(
    group
      .command("list")
      .summary("list the legs of a call")
      .description("Lists the legs of a call: label, name, state.")
      .argument(...CONFERENCE),
  ).action((word: string | undefined, flags: ShowFlags) =>
    finish(load().then(({ listParticipants }) => listParticipants(word, flags, context))),
  );
  withExamples(command, [
    ["warm-transfer participants list", "of the only call; prompts if there are several"],
  ]);
}

function declareChange(
  group: Command,
  context: Context,
  finish: Finish,
  [change, verb, rest, example]: (typeof CHANGES)[number],
): void {
  const command = withServerOptions(
    group
      .command(change)
      .summary(`${verb} ${rest}`)
      .description(`${verb.slice(0, 1).toUpperCase()}${verb.slice(1)}s ${rest}.`)
      .usage("[options] [conference] <participant>")
      .argument(...CONFERENCE)
      .argument(
        "[participant]",
        "a leg's label, an agent's id, or customer; alone, it also selects the call",
      ),
  ).action((first: string | undefined, second: string | undefined, flags: ServerFlags) => {
    const words = [first, second].filter((word) => word !== undefined);
    return finish(load().then(({ changeParticipant }) => changeParticipant(change, words, flags, context)));
  });
  withExamples(command, [
    [`warm-transfer participants ${change} ${example}`, `in the only call that has ${example}`],
    [`warm-transfer participants ${change} 5f3a9c ${example}`, "in this call"],
  ]);
}

/** `warm-transfer participants` */
export const declareParticipants: Declare = (program, context, finish) => {
  const group = program
    .command("participants")
    .helpCommand(false)
    .summary("steer one leg of a call: hold, unhold, mute, unmute, remove")
    .description("Lists the legs of a call and steers each one.");
  withExamples(group, [
    ["warm-transfer participants list", "the legs of the call"],
    ["warm-transfer participants hold customer", "the customer hears music"],
  ]);
  declareList(group, context, finish);
  for (const change of CHANGES) declareChange(group, context, finish, change);
};
