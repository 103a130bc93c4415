import { describe, expect, it } from "vitest";
import { AppError } from "../../../src/errors.ts";
import { readMessage } from "../../../src/twilio/webhooks/facts.ts";
import { type RawForm, createForm } from "../../../src/twilio/webhooks/form.ts";
import { CALL } from "../support/values.ts";

const NOW = 5_000;

describe("what Twilio says of a message", () => {
  const RECORDING = `RE${"a".repeat(32)}`;
  const RecordingUrl = `https://api.twilio.com/2010-04-01/Accounts/AC${"b".repeat(32)}/Recordings/${RECORDING}`;
  const fields = { CallSid: CALL, RecordingSid: RECORDING, RecordingUrl, RecordingDuration: "12" };
  const read = (change: RawForm = {}) => readMessage(createForm({ ...fields, ...change }), NOW);
  const left = { kind: "message-left", at: NOW, recording: RECORDING, url: RecordingUrl, seconds: 12 };

  it.each([
    ["the action of <Record>", { Digits: "hangup" }, left],
    ["a recording that is there", { RecordingStatus: "completed" }, left],
    [
      "one of this machine",
      { RecordingUrl: "http://127.0.0.1:4010/RE1" },
      { url: "http://127.0.0.1:4010/RE1" },
    ],
  ])("%s is a message", (_, change, fact) => {
    expect(read(change)).toMatchObject(fact);
  });

  it.each(["in-progress", "absent", "failed"])("one that is %s is none", (RecordingStatus) => {
    expect(read({ RecordingStatus })).toBeNull();
  });

  it.each([
    ["RecordingSid", "RE1"],
    ["RecordingUrl", "javascript:alert(1)"],
    ["RecordingUrl", "https://api.twilio.com/a b"],
    ["RecordingDuration", "-1"],
    ["RecordingDuration", ""],
  ])("a wrong %s is refused: %j", (name, value) => {
    expect(() => read({ [name]: value })).toThrow(AppError);
  });
});
