import type { DoctorFlags } from "../commands/doctor.ts";
import { withExamples } from "../examples.ts";
import type { Declare } from "./declare.ts";
import { timeoutOption } from "./server-options.ts";

/** `warm-transfer doctor` */
export const declareDoctor: Declare = (program, context, finish) => {
  const command = program
    .command("doctor")
    .summary("check the set-up and say what to fix")
    .description(
      "Checks this machine, this folder's files, the Twilio account, its number, the tunnel, the public URL and the " +
        "running server. Changes nothing. Exits with 1 when a check fails.",
    )
    .addOption(timeoutOption("how long to wait for each response (default: 5s, Twilio 10s)"))
    .action((flags: DoctorFlags) =>
      finish(import("../commands/doctor.ts").then(({ doctor }) => doctor(flags, context))),
    );
  withExamples(command, [
    ["warm-transfer doctor", "a line for each check, with the fix"],
    ["warm-transfer doctor --json", "the same as JSON"],
  ]);
};
