import { describe, expect, it } from "vitest";
import { familiesOf } from "../../src/inspector/family.ts";
import type { Snapshot } from "../../src/inspector/snapshot.ts";

const sid = (kind: "CA" | "CF", digit: number): string => kind + String(digit).repeat(32);
const [ONE, TWO, THREE] = [sid("CA", 1), sid("CA", 2), sid("CA", 3)];
const ROOM = sid("CF", 1);

interface Given {
  calls?: object[];
  events?: object[];
  deliveries?: object[];
  participants?: string[];
}

/** Three calls and a conference, with what links them. */
function families({ calls = [], events = [], deliveries = [], participants = [] }: Given): string[][] {
  const blank = { parentCallSid: null, counterpart: null, voice: null, statusCallback: null };
  const shown = {
    calls: [ONE, TWO, THREE].map((one, i) => ({ ...blank, sid: one, ...calls[i] })),
    conferences: [{ sid: ROOM, participants: participants.map((callSid) => ({ callSid })) }],
    timeline: events.map((event) => ({ kind: "event", at: 0, event: { kind: "conference", ...event } })),
    deliveries: deliveries.map((delivery) => ({ conferenceSid: null, params: {}, ...delivery })),
  };
  return familiesOf(shown as unknown as Snapshot).map((family) => [...family.calls, ...family.conferences]);
}

describe("calls belong together", () => {
  it("not without a link: the newest comes first", () => {
    expect(families({})).toEqual([[THREE], [TWO], [ONE]]);
  });

  it("when one is the child of another", () => {
    expect(families({ calls: [{}, { parentCallSid: ONE }] })).toEqual([[THREE], [ONE, TWO]]);
  });

  it("when one is an application's own and the other called it", () => {
    expect(families({ calls: [{}, { counterpart: ONE }] })).toEqual([[THREE], [ONE, TWO]]);
  });

  it("when both are in a conference, or have been", () => {
    expect(families({ participants: [ONE, TWO] })).toEqual([[THREE], [ONE, TWO, ROOM]]);
    const left = [ONE, THREE].map((callSid) => ({ callSid, conferenceSid: ROOM }));
    expect(families({ events: left })).toEqual([[TWO], [ONE, THREE, ROOM]]);
    expect(families({ deliveries: left })).toEqual([[TWO], [ONE, THREE, ROOM]]);
  });

  it.each(["DialCallSid", "DequeingCallSid"])("when a request about one has the other as %s", (name) => {
    const deliveries = [{ callSid: ONE, params: { [name]: THREE } }];
    expect(families({ deliveries })).toEqual([[TWO], [ONE, THREE]]);
  });

  it("when an address of one names the other", () => {
    const voice = { url: `http://127.0.0.1/agent?of=${ONE}`, method: "POST" };
    expect(families({ calls: [{}, {}, { voice }] })).toEqual([[TWO], [ONE, THREE]]);
    expect(families({ calls: [{}, { statusCallback: voice }] })).toEqual([[THREE], [ONE, TWO]]);
  });

  it("through a third one", () => {
    const calls = [{}, { parentCallSid: ONE }, { parentCallSid: TWO }];
    expect(families({ calls })).toEqual([[ONE, TWO, THREE]]);
  });
});
