import * as fc from "fast-check";
import type { Label } from "../../../src/call/types.ts";
import type { Scene } from "./scene.ts";
import { label as asLabel, ended, rings } from "./shown.ts";
import { OUTSIDE, agentId, scene } from "./scene.ts";

const LABELS = ["customer", "agent1-1", "agent1-2", "agent2-1", "agent2-2", "agent3-1", "outside-1"] as const;
const AGENTS = ["agent1", "agent2", "agent3"] as const;

type Step = (s: Scene) => void;

const label = fc.constantFrom(...LABELS);
const dialledLabel = fc.constantFrom(...LABELS.slice(1));
const agent = fc.constantFrom(...AGENTS);
const by = fc.constantFrom(null, ...AGENTS);
const change = fc.constantFrom("hold", "unhold", "mute", "unmute", "remove");
const mode = fc.constantFrom("three-way", "consult", "blind");
const transferChange = fc.constantFrom(
  "complete-transfer",
  "cancel-transfer",
  "bring-together",
  "swap-transfer",
);
const reason = fc.constantFrom("declined", "no-answer", "busy", "unreachable", "cancelled");

/** Anything that Twilio, people or time may do, also what makes no sense just now. */
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: dialledLabel.map(
      (at): Step =>
        (s) =>
          s.rings(at),
    ),
  },
  {
    weight: 6,
    arbitrary: dialledLabel.map(
      (at): Step =>
        (s) =>
          s.answers(at),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(dialledLabel, reason).map(
      ([at, why]): Step =>
        (s) =>
          s.doesNotTake(at, why),
    ),
  },
  {
    weight: 3,
    arbitrary: label.map(
      (at): Step =>
        (s) =>
          s.leaves(at),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(by, agent, mode).map(([from, to, how]): Step => (s) => {
      s.asks({ kind: "start-transfer", by: from && agentId(from), to: agentId(to), mode: how });
    }),
  },
  {
    weight: 3,
    arbitrary: mode.map((how): Step => (s) => {
      s.asks({ kind: "start-transfer", by: null, to: OUTSIDE, mode: how });
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("declined", "machine").map((why): Step => (s) => {
      s.isBriefed("outside-1");
      s.refuses("outside-1", why);
    }),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(by, transferChange).map(([who, kind]): Step => (s) => {
      s.asks({ kind, by: who && agentId(who) });
    }),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(label, change).map(([who, what]): Step => (s) => {
      s.asks({ kind: "change-participant", label: who as Label, change: what });
    }),
  },
  {
    weight: 1,
    arbitrary: by.map(
      (who): Step =>
        (s) =>
          s.asks({ kind: "end-call", by: who && agentId(who) }),
    ),
  },
  {
    weight: 2,
    arbitrary: by.map((who): Step => (s) => {
      s.asks({ kind: "leave", by: who && agentId(who) });
    }),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map((isRepeated): Step => (s) => {
      const stay = s.record.returns?.length ?? 0;
      s.isReleased(isRepeated ? Math.max(0, stay - 1) : stay);
    }),
  },
  {
    weight: 1,
    arbitrary: fc.option(label).map(
      (ended): Step =>
        (s) =>
          s.conferenceEnds(ended),
    ),
  },
  {
    weight: 2,
    arbitrary: agent.map(
      (who): Step =>
        (s) =>
          s.signsIn(who),
    ),
  },
  {
    weight: 1,
    arbitrary: agent.map(
      (who): Step =>
        (s) =>
          s.signsOut(who),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.subarray([...LABELS]), fc.subarray([...LABELS]), fc.subarray([...LABELS]), fc.boolean())
      .map(([over, up, unknown, conferenceIsLive]): Step => (s) => {
        const known = new Set<string>(s.record.legs.map((leg) => leg.label));
        const isKnown = (name: string): boolean => known.has(name);
        s.shows(
          ...over.filter(isKnown).map((name) => ended(name, s.now - 1_000)),
          ...up.filter((name) => isKnown(name) && !over.includes(name)).map((name) => rings(name, s.now)),
          { unknown: unknown.map(asLabel), conferenceIsLive },
        );
      }),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(dialledLabel, fc.constantFrom("window-gone", "window-back")).map(
      ([at, kind]): Step =>
        (s) =>
          s.tell({ kind, at: s.now, label: asLabel(at) }),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.integer({ min: 0, max: 45_000 }).map((ms): Step => (s) => {
      s.passes(ms);
      s.wakes();
    }),
  },
);

export const randomSteps: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 1, maxLength: 30 });

/** A call that has just begun, with no agent busy. A suspicion rings another agent, which does most. */
export function begunCall(): Scene {
  const s = scene(AGENTS, { whenWindowGone: "ring-another" });
  s.customerCalls();
  return s;
}
