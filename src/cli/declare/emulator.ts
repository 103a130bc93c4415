import { defineCommand } from "local-twilio/command";
import { runOfEmulator } from "../emulator-errors.ts";
import type { Declare } from "./declare.ts";

/** `warm-transfer emulator`, which is `local-twilio`. */
export const declareEmulator: Declare = (program, context, finish) => {
  const command = program.command("emulator").summary("the local Twilio alone, for any Twilio voice app");
  defineCommand(command, "warm-transfer emulator", (work) => finish(runOfEmulator(() => work(context))));
};
