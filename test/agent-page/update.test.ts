import { describe, expect, it } from "vitest";
import { canTakeCalls, initialModel, type Model } from "../../agent-page/agent/model.ts";
import { situationOf } from "../../agent-page/agent/screen/situation.ts";
import { type PageEvent, update } from "../../agent-page/agent/update.ts";
import { call, colleague, moments, transfer, view } from "./views.ts";

const agent = { id: "agent1", name: "Agent 1" };
const after = (...happenings: PageEvent[]): Model => happenings.reduce(update, initialModel);
const ready: PageEvent[] = [
  { kind: "signed-in", agent, clockOffset: 0 },
  { kind: "microphone", state: "ready" },
  { kind: "device", state: "registered" },
  { kind: "events", state: "open" },
];
const show = (shown: Model["view"] & {}): PageEvent => ({ kind: "view", view: shown });
const line = (phase: "ringing" | "answering" | "open" | "reconnecting"): PageEvent => ({
  kind: "line",
  phase,
});

describe("whether calls can come", () => {
  it("needs the session, the wish, the microphone, the line and the server", () => {
    expect(canTakeCalls(after(...ready))).toBe(true);
    for (const left of ready)
      expect(canTakeCalls(after(...ready.filter((happening) => happening !== left)))).toBe(false);
    expect(canTakeCalls(after(...ready, { kind: "takes-calls", on: false }))).toBe(false);
  });

  it.each(["asking", "refused", "missing", "busy", "insecure"] as const)(
    "is no while the microphone is %s",
    (state) => {
      expect(canTakeCalls(after(...ready, { kind: "microphone", state }))).toBe(false);
    },
  );
});

describe("the same call, reported by the server and by the SDK", () => {
  it("rings, whichever report comes first", () => {
    const orders = [
      [show(moments.ringing), line("ringing")],
      [line("ringing"), show(moments.ringing)],
    ];
    for (const order of orders) expect(situationOf(after(...ready, ...order))).toBe("ringing");
    expect(situationOf(after(...ready, show(moments.ringing)))).toBe("ringing");
  });

  it("does not ring before the server has dialled, nor after it was declined", () => {
    expect(situationOf(after(...ready, show(view({ state: "ringing" }))))).toBe("idle");
    const declined = after(...ready, show(moments.ringing), line("ringing"), { kind: "line-ended" });
    expect(situationOf(declined)).toBe("idle");
    expect(situationOf(update(declined, show(view({ state: "ringing" }))))).toBe("idle");
  });

  it("is talked on from the moment it is answered here", () => {
    expect(situationOf(after(...ready, show(moments.ringing), line("answering")))).toBe("talking");
    expect(situationOf(after(...ready, show(moments.talking), line("reconnecting")))).toBe("talking");
  });

  it("is in another window when the server shows a conversation that this window has no sound of", () => {
    expect(situationOf(after(...ready, show(moments.talking)))).toBe("elsewhere");
  });

  it("is in another window when it was answered there while it rang here", () => {
    const stopped = after(...ready, line("ringing"), show(moments.ringing), { kind: "line-ended" });
    expect(situationOf(stopped)).toBe("idle");
    expect(situationOf(update(stopped, show(moments.talking)))).toBe("elsewhere");
  });

  it("is over at once when it ended here, although the server's view comes later", () => {
    const over = after(...ready, show(moments.talking), line("open"), { kind: "line-ended" });
    expect(situationOf(over)).toBe("idle");
    expect(situationOf(update(over, show(moments.free)))).toBe("idle");
    const rungAgain = { ...moments.ringing, label: "agent1-2" };
    expect(situationOf(update(over, show(rungAgain)))).toBe("ringing");
  });

  it("starts unmuted, and is muted only while it lasts", () => {
    const muted = after(line("open"), { kind: "line-muted", muted: true });
    expect(muted.line?.muted).toBe(true);
    expect(update(muted, line("reconnecting")).line?.muted).toBe(true);
    expect(update(update(muted, { kind: "line-ended" }), line("ringing")).line?.muted).toBe(false);
  });
});

describe("a transfer that was clicked", () => {
  const requested = after(...ready, show(moments.talking), line("open"), {
    kind: "requested",
    command: "transfer",
    to: "agent2",
  });

  it("stays requested until the server shows it", () => {
    expect(requested.requested).toMatchObject({ to: "agent2", previous: null });
    expect(update(requested, show(moments.talking)).requested).not.toBeNull();
    expect(update(requested, show(moments.transferring)).requested).toBeNull();
  });

  it("is not requested twice", () => {
    const again = update(requested, { kind: "requested", command: "transfer", to: "agent3" });
    expect(again.requested?.to).toBe("agent2");
  });

  it("may follow one that failed, whose end is still shown", () => {
    const second = update(after(...ready, show(moments.declined), line("open")), {
      kind: "requested",
      command: "transfer",
      to: "agent2",
    });
    expect(update(second, show(moments.declined)).requested).not.toBeNull();
    const open = view({
      state: "in-call",
      label: "agent1-1",
      colleagues: [colleague("ringing")],
      call: call({ transfer: transfer({ id: "2", target: "agent2-2" }) }),
    });
    expect(update(second, show(open)).requested).toBeNull();
  });

  it("leaves the server's reason when it is refused, until the next try", () => {
    const refused = update(requested, {
      kind: "refused",
      command: "transfer",
      code: "target-busy",
      message: "",
    });
    expect(refused).toMatchObject({ requested: null, refusal: { code: "target-busy" } });
    expect(update(refused, { kind: "requested", command: "transfer", to: "agent2" }).refusal).toBeNull();
    expect(update(refused, show(moments.free)).refusal).toBeNull();
  });
});

it("forgets everybody's calls at the end of the session", () => {
  const out = after(...ready, show(moments.talking), { kind: "signed-out", by: "server" });
  expect(out).toMatchObject({ session: "expired", view: null, line: null });
  expect(situationOf(out)).toBe("signed-out");
});
