import { expect, it } from "vitest";
import { timeOf } from "../../../src/cli/views/when.ts";

it("a time of today is a time of day; any other includes its date", () => {
  const now = new Date(2030, 0, 2, 0, 1, 0).getTime();
  expect(timeOf(now - 30_000, now)).toBe("00:00:30");
  expect(timeOf(now - 90_000, now)).toBe("2030-01-01 23:59:30");
});
