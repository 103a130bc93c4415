import { describe, expect, it } from "vitest";
import { blankRecord } from "../../src/call/legs.ts";
import type { CallId } from "../../src/call/types.ts";
import { afterSurvey, afterNews, alerted, plainWatch } from "../../src/call/running/surveyor.ts";

const NOW = 1_000_000;
const record = blankRecord("CA1" as CallId, NOW);
const few = { watched: 3, distrusted: 3 };
const many = { watched: 2_000, distrusted: 2_000 };
const distrusted = { ...plainWatch, distrustsCallbacks: true };

describe("the server surveys a call", () => {
  it("every 15 seconds, despite news; of two thousand calls, ten a second", () => {
    const heard = afterNews(plainWatch, record, 3, NOW);
    expect(heard.due).toBe(NOW + 15_000);
    expect(afterNews(heard, record, 3, NOW + 10_000).due).toBe(NOW + 15_000);
    expect(afterSurvey(plainWatch, true, few, NOW).due).toBe(NOW + 15_000);
    expect(afterNews(plainWatch, record, 2_000, NOW).due).toBe(NOW + 200_000);
    expect(afterSurvey(plainWatch, true, many, NOW).due).toBe(NOW + 200_000);
  });

  it("every four seconds if its callbacks may be lost; of two thousand calls, ten a second", () => {
    expect(afterSurvey(distrusted, true, few, NOW).due).toBe(NOW + 4_000);
    expect(afterSurvey(distrusted, true, many, NOW).due).toBe(NOW + 200_000);
  });

  it("soon after an alert, and twice more", () => {
    let watch = alerted(plainWatch);
    const pauses = [1, 2, 3, 4].map(() => {
      watch = afterSurvey(watch, true, few, NOW);
      return (watch.due ?? 0) - NOW;
    });
    expect(pauses).toEqual([3_000, 6_000, 15_000, 15_000]);
  });

  it("after growing pauses while surveys fail, despite news", () => {
    const failed = afterSurvey(plainWatch, false, few, NOW);
    expect(failed.due).toBe(NOW + 2_000);
    expect(afterSurvey(failed, false, few, NOW).due).toBe(NOW + 4_000);
    expect(afterNews(failed, record, 3, NOW).due).toBe(NOW + 2_000);
  });
});
