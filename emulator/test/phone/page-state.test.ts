import { describe, expect, it } from "vitest";
import { type PhoneEvent, type PhoneState, initialState, update } from "../../phone-page/state.ts";
import type { ToPhone } from "../../src/phone/protocol.ts";
import { asTime } from "../../phone-page/as-time.ts";
import { dialled, numberFrom } from "../../phone-page/dialled.ts";
import { chooseLanguage } from "../../phone-page/words/choose-words.ts";

const got = (message: ToPhone, at = 0): PhoneEvent => ({ type: "received", message, at });
const hello: ToPhone = { type: "hello", ownNumber: "+15550199", numbers: [], hasSound: true };
const after = (...events: PhoneEvent[]): PhoneState => events.reduce(update, initialState);

describe("the phone page's state", () => {
  it("goes through a call from the button to its length", () => {
    const state = after(
      got(hello),
      { type: "dialled", to: "+15550100" },
      { type: "microphone-ready" },
      got({ type: "ringing", callSid: "CA1" }),
      got({ type: "answered", sdp: "v=0" }, 1000),
      got({ type: "ended", status: "completed", reason: null }, 66_000),
    );
    expect(state).toMatchObject({ call: "idle", lasted: 65_000, farEnd: null, notice: null });
  });

  it("does not call if the person hung up before the microphone was ready", () => {
    const state = after(
      got(hello),
      { type: "dialled", to: "+15550100" },
      { type: "gave-up" },
      { type: "microphone-ready" },
    );
    expect(state.call).toBe("idle");
  });

  it("drops its call when the connection is lost, and its notice when it is back", () => {
    const lost = after(got(hello), got({ type: "answered", sdp: null }), { type: "link-lost" });
    expect(lost).toMatchObject({ link: "lost", call: "idle", notice: { key: "lost" } });
    expect(update(lost, got(hello))).toMatchObject({ link: "open", notice: null });
  });

  it("keeps ringing if the microphone fails at the answer", () => {
    const state = after(
      got(hello),
      got({ type: "incoming", from: "+15550100", sdp: "v=0" }),
      { type: "took-call" },
      { type: "microphone-failed", key: "refused" },
    );
    expect(state).toMatchObject({ call: "incoming", offer: "v=0", notice: { key: "refused" } });
  });
});

describe("the phone page's small parts", () => {
  it("writes minutes and seconds", () => {
    expect([0, 7_900, 187_000, 3_600_000].map(asTime)).toEqual(["0:00", "0:07", "3:07", "60:00"]);
  });

  it("dials a number without the characters that people write between its digits", () => {
    expect(dialled(" +1 (555) 01-00. ")).toBe("+15550100");
  });

  it("reads a number from an address, encoded or not", () => {
    for (const query of ["to=%2B15550100", "to=+15550100"])
      expect(numberFrom(new URLSearchParams(query), "to")).toBe("+15550100");
    expect(numberFrom(new URLSearchParams(""), "to")).toBeNull();
  });

  it("uses the first of the browser's languages that it supports", () => {
    expect(chooseLanguage(["fr-FR", "ja-JP", "en"])).toBe("ja");
    expect(chooseLanguage(["de"])).toBe("en");
  });
});
