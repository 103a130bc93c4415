import { describe, expect, it } from "vitest";
import { parseDuration, parseSince } from "../../src/cli/times.ts";

describe("a duration", () => {
  it.each([
    ["1s", 1000],
    ["90s", 90_000],
    ["5m", 300_000],
    ["24h", 86_400_000],
    ["1d", 86_400_000],
  ])("%s", (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(["", "10", "0s", "1.5s", "-1s", "1 s", "s", "1w", "25h", "1e3s", "9999999s", "10ms"])(
    "is not: %j",
    (text) => expect(() => parseDuration(text)).toThrow(/Pass a duration from 1s to 24h/),
  );
});

describe("a time in the past", () => {
  const now = Date.parse("2026-03-01T12:00:00Z");

  it.each([
    ["1h", now - 3_600_000],
    ["2d", now - 2 * 86_400_000],
    ["2026-02-28T10:00Z", Date.parse("2026-02-28T10:00:00Z")],
    ["2026-02-28T10:00:30.5+09:00", Date.parse("2026-02-28T01:00:30.500Z")],
    ["2024-02-29T00:00Z", Date.parse("2024-02-29T00:00:00Z")],
    ["2026-02-28", new Date(2026, 1, 28).getTime()],
  ])("%s", (text, at) => expect(parseSince(text, now)).toBe(at));

  it.each([
    "",
    "1",
    "h",
    "2026-2-8",
    "2026-02-30",
    "2025-02-29",
    "2026-13-01",
    "2026-02-28T25:00",
    "28.2.2026",
  ])("is not: %j", (text) => expect(() => parseSince(text, now)).toThrow(/Pass a duration/));

  it("is not in the future", () =>
    expect(() => parseSince("2026-03-01T12:01Z", now)).toThrow("That is in the future."));
});
