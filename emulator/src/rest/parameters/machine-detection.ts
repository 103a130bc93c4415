import type { MachineDetection } from "../../engine/engine.ts";
import { TwilioError } from "../../engine/engine.ts";
import type { Parsed, Parser } from "../operation.ts";
import { boolean, httpMethod, integer, text } from "./parsers.ts";
import { url } from "./url.ts";

/** www.twilio.com/docs/api/errors/21234 */
const WRONG = 21234;

const mode: Parser<MachineDetection["mode"] | null> = (values, name) => {
  const value = text(values, name);
  if (value === "") return null;
  if (value === "Enable" || value === "DetectMessageEnd") return value;
  throw new TwilioError(WRONG, `Invalid ${name}: "${value}" is neither Enable nor DetectMessageEnd`);
};

/** The common parameters of CreateCall and CreateParticipant. */
export const machineDetectionParameters = {
  MachineDetection: mode,
  MachineDetectionTimeout: integer(3, 59, WRONG),
  MachineDetectionSpeechThreshold: integer(1_000, 6_000, WRONG),
  MachineDetectionSpeechEndThreshold: integer(500, 5_000, WRONG),
  MachineDetectionSilenceTimeout: integer(2_000, 10_000, WRONG),
};

/** Of CreateCall. */
export const asyncAmdParameters = {
  AsyncAmd: boolean,
  AsyncAmdStatusCallback: url({ orEmpty: true }),
  AsyncAmdStatusCallbackMethod: httpMethod(),
};

/** Of CreateParticipant, which always detects beside the conference. */
export const amdParameters = {
  AmdStatusCallback: url({ orEmpty: true }),
  AmdStatusCallbackMethod: httpMethod(),
};

/** Null: nothing is detected. */
export function machineDetectionOf(
  sent: Parsed<typeof machineDetectionParameters>,
  how: Pick<MachineDetection, "isAsync" | "callback">,
): MachineDetection | null {
  if (!sent.MachineDetection) return null;
  return {
    mode: sent.MachineDetection,
    ...how,
    timeoutMs: (sent.MachineDetectionTimeout ?? 30) * 1_000,
    speechMs: sent.MachineDetectionSpeechThreshold ?? 2_400,
    speechEndMs: sent.MachineDetectionSpeechEndThreshold ?? 1_200,
  };
}
