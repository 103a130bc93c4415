import { beforeEach, describe, expect, it } from "vitest";
import { readyAnnouncer } from "../../agent-page/agent/announce-ready.ts";
import { firstModel, type Model } from "../../agent-page/agent/model.ts";
import { moments, view } from "./views.ts";

describe("telling the server whether calls can come", () => {
  let now: number;
  let sent: boolean[];
  let announce: (model: Model) => void;
  const ready: Model = {
    ...firstModel,
    session: "signed-in",
    microphone: "ready",
    device: "registered",
    events: "open",
    view: view({ state: "not-ready" }),
  };

  beforeEach(() => {
    now = 0;
    sent = [];
    announce = readyAnnouncer(
      (value) => void sent.push(value),
      () => now,
    );
  });

  it("says it when it changes, and only then", () => {
    announce({ ...ready, device: "connecting" });
    announce(ready);
    announce(ready);
    announce({ ...ready, view: moments.free });
    announce({ ...ready, view: moments.free, wantsCalls: false });
    expect(sent).toEqual([false, true, false]);
  });

  it("says it again to a server that shows the opposite, but not in a rush", () => {
    announce(ready);
    now = 1_999;
    announce(ready);
    expect(sent).toEqual([true]);
    now = 2_000;
    announce(ready);
    expect(sent).toEqual([true, true]);
  });

  it("leaves a server alone that shows a call", () => {
    announce({ ...ready, view: moments.ringing });
    now = 60_000;
    announce({ ...ready, view: moments.talking });
    expect(sent).toEqual([true]);
  });

  it("says nothing before it knows who asks and what the server shows", () => {
    announce({ ...ready, view: null });
    announce({ ...ready, session: "unknown" });
    expect(sent).toEqual([]);
  });
});
