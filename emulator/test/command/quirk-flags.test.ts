import { describe, expect, it } from "vitest";
import { CommandError } from "../../src/command/command-error.ts";
import { readQuirks } from "../../src/command/quirk-flags.ts";
import { quirkNames, quirks } from "../../src/quirks.ts";

const VARIANTS = quirkNames.flatMap((name) => {
  const quirk = quirks[name];
  const values = "variants" in quirk ? quirk.variants : [quirk.leastMs, quirk.default, 3_600_000];
  return values.map((value) => ({ name, value }));
});

/** The error's message and hint. */
function refusal(given: readonly string[] | true): [message: string, hint: string] {
  try {
    return [`accepted: ${JSON.stringify(readQuirks(given))}`, ""];
  } catch (thrown) {
    if (!(thrown instanceof CommandError)) throw thrown;
    return [thrown.message, thrown.hint];
  }
}

describe("the --quirk option", () => {
  it.each(VARIANTS)("takes $name=$value as a value of its type", ({ name, value }) => {
    expect(readQuirks([`${name}=${value}`])).toStrictEqual({ [name]: value });
  });

  it("takes several quirks", () => {
    const given = ["declineAs=no-answer", "listLagMs=2000"];
    expect(readQuirks(given)).toStrictEqual({ declineAs: "no-answer", listLagMs: 2000 });
  });

  it.each([[true], [["decline=busy"]], [["toString=1"]], [["=1"]]] as const)(
    "lists every quirk with its values for %j",
    (given) => {
      const [message, hint] = refusal(given);
      expect(message).toMatch(/^--quirk needs a name and a value\.$|^The emulator has no quirk /);
      for (const name of quirkNames) expect(hint).toContain(`  ${name}=`);
      expect(hint).toContain("declineAs=busy");
      expect(hint).toContain("is reported: busy, no-answer");
      expect(hint).toContain("milliseconds from 0 to 3600000");
    },
  );

  it.each([
    ["declineAs", "needs a value", "busy, no-answer"],
    ["declineAs=", 'cannot be ""', "busy, no-answer"],
    ["declineAs=rude", 'cannot be "rude"', "busy, no-answer"],
    ["endedConferenceCode=20404.0", 'cannot be "20404.0"', "20404, 16022"],
    ["actionAfterHangUp=1", 'cannot be "1"', "true, false"],
    ["listLagMs=-1", 'cannot be "-1"', "milliseconds from 0 to 3600000"],
    ["listLagMs=1e3", 'cannot be "1e3"', "milliseconds from 0 to 3600000"],
    ["lostBrowserAfterMs=999", 'cannot be "999"', "milliseconds from 1000 to 3600000"],
    ["lostBrowserAfterMs=3600001", 'cannot be "3600001"', "milliseconds from 1000 to 3600000"],
  ])("refuses %s and names the quirk's values", (text, problem, values) => {
    const [name = ""] = text.split("=");
    expect(refusal([text])).toEqual([
      `The quirk ${name} ${problem}.`,
      `Pass --quirk ${name}=VALUE: ${values}`,
    ]);
  });

  it("refuses a quirk that is given twice", () => {
    expect(refusal(["listLagMs=1", "listLagMs=2"])[0]).toBe("The quirk listLagMs was given twice.");
  });
});
