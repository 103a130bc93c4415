import { describe, expect, it } from "vitest";
import { clockFinding } from "../../../src/cli/doctor/checks/account.ts";

const NOON = Date.UTC(2026, 0, 2, 12);
const findingFor = (skewMs: number) =>
  clockFinding({ at: NOON, asked: NOON + skewMs, answered: NOON + skewMs + 200 });

describe("doctor on this machine's clock", () => {
  it.each([
    ["the same second", 300, "ok"],
    ["59 seconds ahead", 59_000, "ok"],
    ["59 seconds behind", -59_000, "ok"],
    ["61 seconds ahead", 61_000, "warning"],
    ["61 seconds behind", -61_000, "warning"],
    ["ten minutes ahead", 600_000, "failure"],
    ["ten minutes behind", -600_000, "failure"],
  ])("%s is %s ms: %s", (_, skew, state) => {
    expect(findingFor(skew).state).toBe(state);
  });

  it("says whether the clock is fast or slow", () => {
    expect(findingFor(90_000).message).toBe("This machine's clock is 89 s ahead of Twilio's.");
    expect(findingFor(-90_000).message).toBe("This machine's clock is 90 s behind Twilio's.");
  });
});
