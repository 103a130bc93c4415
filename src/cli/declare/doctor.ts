import type { DoctorFlags } from "../commands/doctor.ts";
import { withExamples } from "../examples.ts";
import type { Declare } from "./declare.ts";
import { timeoutOption } from "./server-options.ts";

/** `warm-transfer doctor` */
export const declareDoctor: Declare = (program, context, finish) => {
  const command = program
    .command("doctor")
    .summary("what is set up, what is wrong, what to type next")
    .description(
      "Looks at this machine, the files here, the Twilio account and its number, the tunnel, the public URL and the " +
        "server that runs. Changes nothing. Ends with 1 when something fails.",
    )
    .addOption(timeoutOption("how long to wait for each answer (default: 5s, Twilio's 10s)"))
    .action((flags: DoctorFlags) =>
      finish(import("../commands/doctor.ts").then(({ doctor }) => doctor(flags, context))),
    );
  withExamples(command, [
    ["warm-transfer doctor", "a line for each check, with what to type"],
    ["warm-transfer doctor --json", "the same for programs"],
  ]);
};
