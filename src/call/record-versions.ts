import type { Leg, Phase, Transfer } from "./types.ts";

/** Of the records that this release writes. Raise it, and add a step below, when a record's shape changes. */
export const RECORD_VERSION = 2;

type Older = Record<string, unknown>;

/** Version 2: each transfer has its phase. Version 1 is that of 0.1.0, which wrote no version. */
function toVersion2(record: Older): Older {
  const legs = record.legs as readonly Pick<Leg, "label" | "state">[];
  const phaseOf = ({ outcome, target }: Pick<Transfer, "outcome" | "target">): Phase => {
    if (outcome !== null) return "ended";
    return legs.some(({ label, state }) => label === target && state === "joined") ? "together" : "ringing";
  };
  const transfers = (record.transfers as readonly Transfer[]).map((transfer) => ({
    ...transfer,
    phase: phaseOf(transfer),
  }));
  return { ...record, transfers, version: 2 };
}

/** From each version to the next. */
const STEPS = [toVersion2];

/**
 * A stored record in today's shape. Of a later version, it stays as it is.
 * @throws TypeError, among others, for a value that is no call record
 */
export function upgradeRecord(value: unknown): unknown {
  const { version = 1 } = value as { version?: unknown };
  if (typeof version !== "number") throw new TypeError("The version of a record is a number.");
  return STEPS.slice(version - 1).reduce<unknown>((record, step) => step(record as Older), value);
}
