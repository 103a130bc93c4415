import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CallRecord } from "../../src/call/types.ts";
import { readCallRecord } from "../../src/store/call-shape.ts";
import { begunCall, randomSteps } from "../call/support/random-calls.ts";

/** As a record comes out of a file. */
const stored = (record: CallRecord): CallRecord => JSON.parse(JSON.stringify(record)) as CallRecord;

function* places(value: unknown, path: string[] = []): Generator<string[]> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    yield [...path, name];
    yield* places(inner, [...path, name]);
  }
}

function replaced(record: CallRecord, path: readonly string[], value: unknown): unknown {
  const copy = structuredClone(record) as unknown as Record<string, unknown>;
  let parent = copy;
  for (const name of path.slice(0, -1)) parent = parent[name] as Record<string, unknown>;
  const last = path.at(-1) ?? "";
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

/** Of a list and of agents' ids there may be fewer; these fields were added after the first version. */
const MAY_BE_MISSING =
  /^(\d+|agent\d|leaveWasTold|isLost|hangsUpItself|lostAt|refused|returns|noAgent|conferenceHasStarted|dismissedAt|givenUpAt|retries|endRetry|windowGoneAt|windowBackAt|toldOfDoubt|doubtRetry|releasedAt|timeLimit|broughtTogetherAt|swappedAt|note)$/;

describe("a stored call record", () => {
  it("is readable after any sequence of events", () => {
    fc.assert(
      fc.property(randomSteps, (steps) => {
        const s = begunCall();
        for (const step of steps) {
          step(s);
          expect(readCallRecord(stored(s.record), s.record.id)).toEqual(s.record);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("is unreadable with any field missing or of another type", () => {
    fc.assert(
      fc.property(randomSteps, (steps) => {
        const s = begunCall();
        for (const step of steps) step(s);
        const record = stored(s.record);
        for (const path of places(record)) {
          for (const wrong of [{ kind: [] }, [[]]])
            expect([path, readCallRecord(replaced(record, path, wrong), record.id)]).toEqual([
              path,
              undefined,
            ]);
          // Without a version it is one of 0.1.0, whose transfers have no phase.
          if (["version", "phase"].includes(path.at(-1) ?? "")) continue;
          if (MAY_BE_MISSING.test(path.at(-1) ?? "")) continue;
          expect([path, readCallRecord(replaced(record, path, undefined), record.id)]).toEqual([
            path,
            undefined,
          ]);
        }
      }),
      { numRuns: 50 },
    );
  });

  it.each([null, [], "text", 1, {}])("is not %j", (value) => {
    expect(readCallRecord(value, "CA1")).toBeUndefined();
  });

  it("is unreadable under another call's id", () => {
    const { record } = begunCall();
    expect([readCallRecord(record, record.id), readCallRecord(record, "CA2")]).toEqual([record, undefined]);
  });

  it("of 0.1.0, in which all three talk, gains the phase of its transfer", () => {
    const text = readFileSync(new URL("../call/records/0.1.0.json", import.meta.url), "utf8");
    const old = JSON.parse(text) as CallRecord;
    const read = readCallRecord(old, old.id);
    expect(read).toMatchObject({ version: 3, transfers: [{ phase: "together" }] });
    expect(read?.legs).toMatchObject(old.legs);
  });

  it("of version 2 gains what Twilio was told of each leg", () => {
    const text = readFileSync(new URL("../call/records/version-2.json", import.meta.url), "utf8");
    const old = JSON.parse(text) as CallRecord;
    const told = { dialled: true, onHold: false, endsConference: false, muted: false, hungUp: "no" };
    const read = readCallRecord(old, old.id);
    expect(read?.legs.map((leg) => leg.told)).toEqual([
      { ...told, endsConference: true, onHold: null },
      told,
      { ...told, hungUp: "insisted" },
      told,
    ]);
    // The hold that Twilio had not taken is tried again when it was to be.
    expect(read?.legs[0]?.retries).toEqual({ onHold: { value: true, attempts: 1, from: old.deadline } });
    expect(read).toMatchObject({ version: 3, toldToEnd: false });
    expect(read).not.toHaveProperty("failedActions");
  });

  it("of a later version is not read", () => {
    const { record } = begunCall();
    expect(readCallRecord({ ...record, version: record.version + 1 }, record.id)).toBeUndefined();
  });
});
