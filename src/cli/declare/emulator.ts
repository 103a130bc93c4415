import { parseNumbers, parsePort, parseWebAddress } from "../arguments.ts";
import type { EmulatorFlags } from "../commands/emulator.ts";
import { withExamples } from "../examples.ts";
import type { Declare } from "./declare.ts";

/** `warm-transfer emulator` */
export const declareEmulator: Declare = (program, context, finish) => {
  const command = program
    .command("emulator")
    .summary("the local Twilio alone, for any Twilio voice app")
    .description(
      "Runs a local Twilio for any voice app. TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_API_KEY, TWILIO_API_SECRET " +
        "and TWILIO_NUMBER come from the environment; those that are not set are generated.",
    )
    .option("--port <number>", "0 = any free one (default: 4010)", parsePort)
    .option(
      "--number <number>",
      "a phone number of the account, as in +1 555 000 1111; repeatable",
      parseNumbers,
    )
    .option("--voice-url <address>", "the app's webhook for calls to its numbers", parseWebAddress)
    .option(
      "--origin <address>",
      "origin of the pages that may connect, beside a --voice-url on this machine; repeatable",
      (address: string, before: readonly string[] | undefined) => [
        ...(before ?? []),
        parseWebAddress(address),
      ],
    )
    .action((flags: EmulatorFlags) =>
      finish(import("../commands/emulator.ts").then(({ emulator }) => emulator(flags, context))),
    );
  withExamples(command, [
    ["warm-transfer emulator", "on port 4010, with generated credentials"],
    ["warm-transfer emulator --voice-url http://127.0.0.1:3000/voice", "calls go to your app"],
    ["warm-transfer emulator --port 0 --json", "for scripts: the first line has URL and credentials"],
  ]);
};
