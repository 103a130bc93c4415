import { expect, it } from "vitest";
import { readOverrides } from "../../src/webhooks/overrides.ts";

it("the defaults are Twilio's: one retry of failed connections, 5 s to connect, 15 s in all", () => {
  expect(readOverrides("https://example.com/voice")).toEqual({
    connectTimeout: 5_000,
    readTimeout: 15_000,
    totalTimeout: 15_000,
    retries: 1,
    retryOn: new Set(["ct"]),
    problems: [],
  });
});

it("an address's overrides stay within Twilio's limits", () => {
  expect(readOverrides("https://example.com/#ct=1&rt=99999&tt=200&rc=9&rp=4xx,rt")).toMatchObject({
    connectTimeout: 100,
    readTimeout: 15_000,
    totalTimeout: 200,
    retries: 5,
    retryOn: new Set(["4xx", "rt"]),
  });
});

it("`all` stands for every cause, and an unknown cause is named in the error", () => {
  expect(readOverrides("https://example.com/#rp=all").retryOn).toEqual(new Set(["4xx", "5xx", "ct", "rt"]));
  expect(readOverrides("https://example.com/#rp=5xx,often").problems).toEqual([
    "rp=often is not one of 4xx, 5xx, ct, rt, all",
  ]);
});
