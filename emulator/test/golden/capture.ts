import { expect } from "vitest";

/** Names that real requests or answers had, with where they were seen. Values are patterns; personal ones are made up. */
interface Capture {
  rule: string;
  source: string;
  fields: readonly string[];
  /** Exact values. */
  values: Readonly<Record<string, unknown>>;
}

export interface Captures {
  /** Patterns by name, or by a name's ending such as `City`. */
  shapes: Readonly<Record<string, string>>;
  captures: Readonly<Record<string, Capture>>;
}

function shapeOf(shapes: Captures["shapes"], name: string): RegExp {
  const ending = /(City|State|Zip|Country)$/.exec(name)?.[1] ?? "";
  const shape = shapes[name] ?? shapes[ending];
  if (shape === undefined) throw new Error(`The fixture has no pattern for ${name}`);
  return new RegExp(shape);
}

export interface Matcher {
  readonly seen: ReadonlySet<string>;
  readonly names: readonly string[];
  readonly expectLike: (fields: Readonly<Record<string, unknown>> | undefined, name: string) => void;
}

/** Compares names exactly, then each value: with the capture's own, or with the pattern of its name. */
export function createMatcher({ shapes, captures }: Captures): Matcher {
  const seen = new Set<string>();
  return {
    seen,
    names: Object.keys(captures),
    expectLike(seenFields, name) {
      const capture = captures[name];
      if (!capture) throw new Error(`There is no capture "${name}"`);
      seen.add(name);
      const { fields, values } = capture;
      const got = seenFields ?? {};
      expect([name, Object.keys(got).toSorted()]).toEqual([name, [...fields].toSorted()]);
      for (const field of fields) {
        const value = got[field];
        if (field in values) expect([field, value]).toEqual([field, values[field]]);
        else expect([field, String(value)]).toEqual([field, expect.stringMatching(shapeOf(shapes, field))]);
      }
    },
  };
}
