import { assert, constantFrom, option, property, record, string, uniqueArray } from "fast-check";
import { describe, expect, it } from "vitest";
import { callsNamed, isSid } from "../../../src/cli/control/find-call.ts";
import { shortNames } from "../../../src/cli/views/call-words.ts";

const hex = string({ unit: constantFrom(..."0123456789abcdef".split("")), minLength: 32, maxLength: 32 });
const call = record({
  id: hex.map((text) => `CA${text}`),
  conferenceSid: option(hex.map((text) => `CF${text}`)),
});
const calls = uniqueArray(call, { selector: ({ id }) => id, minLength: 1, maxLength: 50 });

describe("a call's short name", () => {
  it("finds its call, or every call that it may mean", () =>
    assert(
      property(calls, (all) => {
        const names = shortNames(all.map(({ id }) => id));
        expect(new Set(names.values()).size).toBe(all.length);
        for (const one of all) expect(callsNamed(all, names.get(one.id)!)).toContain(one);
        for (const one of all) expect(callsNamed(all, one.id)).toEqual([one]);
      }),
    ));

  it("grows until it is unique", () => {
    const alike = ["0".repeat(20) + "1abcdef", "0".repeat(20) + "2abcdef"];
    expect([...shortNames(alike).values()]).toEqual(["1abcdef", "2abcdef"]);
  });

  it("matches the full SID or its last characters", () => {
    expect(isSid(`CF${"0".repeat(32)}`)).toBe(true);
    expect(isSid("CF0")).toBe(false);
    expect(() => callsNamed([], "abc")).toThrow("too short");
  });
});
