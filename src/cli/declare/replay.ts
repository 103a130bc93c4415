import { withExamples } from "../examples.ts";
import type { Declare } from "./declare.ts";

/** `warm-transfer replay` */
export const declareReplay: Declare = (program, context, finish) => {
  const command = program
    .command("replay")
    .summary("what the rules decide of a call that the emulator saved, and why")
    .description(
      "Decides a call again that the emulator's inspector saved: prints what the rules decide, and why. Needs no server and no account. Settings come from warm-transfer.json in this folder, if there is one.",
    )
    .argument("<file>", "the call, downloaded from the inspector")
    .action((file: string) =>
      finish(import("../commands/replay.ts").then(({ replayCall }) => replayCall(file, context))),
    );
  withExamples(command, [
    ["warm-transfer replay call.json", "every decision, with its reason"],
    ["warm-transfer replay call.json --json", "the same for programs"],
  ]);
};
