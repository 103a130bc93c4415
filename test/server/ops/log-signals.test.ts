import { describe, expect, it } from "vitest";
import { unknownCall } from "../../../src/call/rules/decide.ts";
import { mergeSurveys } from "../../../src/call/rules/survey.ts";
import type { Input } from "../../../src/call/inputs.ts";
import type { CallId } from "../../../src/call/types.ts";
import type { Decision } from "../../../src/call/decision.ts";
import { NO_LOG } from "../../../src/log/log.ts";
import { logSignals } from "../../../src/server/ops/log-signals.ts";

const CALL = "CA1" as CallId;
const NOTHING_TO_DO: Decision = { ...unknownCall(CALL, 0), refusal: null };

/** At which level an input is told that led to no action. */
function levelOf(input: Input, isNews: boolean): string | undefined {
  const levels: string[] = [];
  const log = { ...NO_LOG, debug: () => levels.push("debug"), info: () => levels.push("info") };
  logSignals(log).input(CALL, input, NOTHING_TO_DO, isNews);
  expect(levels).toHaveLength(1);
  return levels[0];
}

describe("inputs that come often", () => {
  it.each<Input>([
    { kind: "twilio-surveyed", at: 0, found: mergeSurveys([]) },
    { kind: "deadline-passed", at: 0 },
    { kind: "agents-changed", at: 0 },
  ])("are logged when they change something, such as events during the server's absence: $kind", (input) => {
    expect(levelOf(input, true)).toBe("info");
    expect(levelOf(input, false)).toBe("debug");
  });
});
