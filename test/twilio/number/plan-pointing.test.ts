import { describe, expect, it } from "vitest";
import type { NumberSettings } from "../../../src/twilio/account/account.ts";
import { changeOf, foreignChanges, originalOf } from "../../../src/twilio/number/settings.ts";
import { planPointing, pointedAt, pointedSettings } from "../../../src/twilio/number/pointing.ts";

const TRUNK = `TK${"a".repeat(32)}`;
const APPLICATION = `AP${"b".repeat(32)}`;

const EMPTY: NumberSettings = {
  voiceUrl: "",
  voiceMethod: "POST",
  voiceFallbackUrl: "",
  voiceFallbackMethod: "POST",
  statusCallback: "",
  statusCallbackMethod: "POST",
  voiceApplicationSid: "",
  trunkSid: "",
  voiceReceiveMode: "voice",
};
const OLD: NumberSettings = { ...EMPTY, voiceUrl: "https://old.example.com/voice", voiceMethod: "GET" };
const OURS = pointedSettings({ publicUrl: "https://calls.example.com", language: "en", apiBaseUrl: null });

const plan = (change: Partial<NumberSettings>, takeOver = false) =>
  planPointing({ ...EMPTY, ...change }, OURS, { takeOver });

describe("the settings of a number", () => {
  it("are our voice URL with retries, and a status callback", () => {
    expect(OURS).toMatchObject({
      voiceUrl: "https://calls.example.com/conference/connect/client#rc=2&ct=4000&rt=5000&rp=ct,rt,5xx",
      voiceMethod: "POST",
      statusCallback: "https://calls.example.com/call/events#rc=3&rp=ct,rt,5xx",
      statusCallbackMethod: "POST",
      trunkSid: "",
      voiceApplicationSid: "",
      voiceReceiveMode: "voice",
    });
  });

  it.each([
    ["en", /<Say language="en-US">We are sorry, .+<\/Say><Hangup\/>/],
    ["ja", /<Say language="ja-JP" voice="Polly.Mizuki">申し訳ございません。.+<\/Say><Hangup\/>/],
  ] as const)("is an apology (%s) that Twilio itself serves", (language, twiml) => {
    const { voiceFallbackUrl, voiceFallbackMethod } = pointedSettings({
      publicUrl: "https://calls.example.com",
      language,
      apiBaseUrl: null,
    });
    const url = new URL(voiceFallbackUrl);
    expect([url.origin + url.pathname, voiceFallbackMethod]).toEqual(["https://twimlets.com/echo", "GET"]);
    expect(url.searchParams.get("Twiml")).toMatch(twiml);
  });

  it("is the local Twilio's apology where that stands in for Twilio", () => {
    const local = {
      publicUrl: "http://127.0.0.1:3000",
      language: "en",
      apiBaseUrl: "http://127.0.0.1:4010",
    } as const;
    expect(pointedSettings(local).voiceFallbackUrl).toMatch(/^http:\/\/127\.0\.0\.1:4010\/echo\?Twiml=/);
  });

  it("returns the server that it leads to", () => {
    expect([OURS, OLD, EMPTY].map(pointedAt)).toEqual(["https://calls.example.com", null, null]);
  });
});

describe("the plan to point a number", () => {
  it("is empty when it is pointed already", () => {
    expect(planPointing(OURS, OURS, { takeOver: false })).toEqual({ changes: [], refusals: [] });
  });

  it("lists old and new values, without those that are right already", () => {
    expect(plan({ voiceUrl: OLD.voiceUrl, statusCallback: OURS.statusCallback }).changes).toEqual([
      { setting: "voiceUrl", before: OLD.voiceUrl, after: OURS.voiceUrl },
      { setting: "voiceFallbackUrl", before: "", after: OURS.voiceFallbackUrl },
      { setting: "voiceFallbackMethod", before: "POST", after: "GET" },
    ]);
  });

  it.each([
    [{ trunkSid: TRUNK }, [{ kind: "trunk", sid: TRUNK }]],
    [{ voiceApplicationSid: APPLICATION }, [{ kind: "application", sid: APPLICATION }]],
    [{ voiceReceiveMode: "fax" }, [{ kind: "fax", sid: null }]],
  ] as const)("takes nothing away from somebody unasked: %j", (change, refusals) => {
    expect(plan(change).refusals).toEqual(refusals);
    expect(plan(change, true).refusals).toEqual([]);
    expect(plan(change, true).changes).toContainEqual({
      setting: Object.keys(change)[0],
      before: Object.values(change)[0],
      after: OURS[Object.keys(change)[0] as keyof NumberSettings],
    });
  });
});

describe("the one request that does it", () => {
  it.each<[string, NumberSettings, NumberSettings, Partial<NumberSettings>]>([
    ["nothing to do", OURS, OURS, {}],
    [
      "a fallback goes with its voice URL",
      { ...OURS, voiceFallbackUrl: "" },
      OURS,
      {
        voiceUrl: OURS.voiceUrl,
        voiceMethod: "POST",
        voiceFallbackUrl: OURS.voiceFallbackUrl,
        voiceFallbackMethod: "GET",
      },
    ],
    [
      "a callback goes alone",
      { ...OURS, statusCallback: "" },
      OURS,
      {
        statusCallback: OURS.statusCallback,
        statusCallbackMethod: "POST",
      },
    ],
    ["a trunk is taken away", { ...OURS, trunkSid: TRUNK }, OURS, { trunkSid: "" }],
    ["a trunk comes back", OURS, { ...OURS, trunkSid: TRUNK }, { trunkSid: TRUNK }],
    [
      "a trunk instead of an application",
      { ...OURS, voiceApplicationSid: APPLICATION },
      { ...OURS, trunkSid: TRUNK },
      {
        trunkSid: TRUNK,
      },
    ],
    [
      "an application instead of a trunk",
      { ...OURS, trunkSid: TRUNK },
      { ...OURS, voiceApplicationSid: APPLICATION },
      {
        voiceApplicationSid: APPLICATION,
      },
    ],
    ["faxes again", OURS, { ...OURS, voiceReceiveMode: "fax" }, { voiceReceiveMode: "fax" }],
  ])("%s", (_, current, wanted, request) => {
    expect(changeOf(current, wanted)).toEqual(request);
  });
});

describe("whose a number's settings are", () => {
  const known = { original: OLD, ours: [OURS] };

  it.each<[string, NumberSettings, NumberSettings]>([
    ["ours: what was there before us stays kept", OURS, OLD],
    ["as before us (a crash before the change): the same", OLD, OLD],
    ["a part of ours (a crash in the middle): the same", { ...OLD, voiceUrl: OURS.voiceUrl }, OLD],
    [
      "a foreign voice URL is kept, the rest is restored",
      { ...OURS, voiceUrl: "https://theirs.example.com" },
      { ...OLD, voiceUrl: "https://theirs.example.com" },
    ],
  ])("%s", (_, current, kept) => {
    expect(originalOf(current, known)).toEqual(kept);
  });

  it("is listed as a change from the previous setting", () => {
    const theirs = { ...OURS, voiceUrl: "https://theirs.example.com" };
    expect(foreignChanges(theirs, known)).toEqual([
      { setting: "voiceUrl", before: OLD.voiceUrl, after: "https://theirs.example.com" },
    ]);
    expect(foreignChanges(OURS, known)).toEqual([]);
    expect(foreignChanges(OLD, known)).toEqual([]);
  });
});
