import { describe, expect, it } from "vitest";
import { type Config, assertConfig } from "../../src/config/config.ts";
import { AppError } from "../../src/errors.ts";
import { testConfig } from "../support/test-config.ts";

function errorOf(change: Partial<Config>): AppError | undefined {
  try {
    assertConfig(testConfig(change));
    return undefined;
  } catch (thrown) {
    return thrown as AppError;
  }
}

describe("a configuration", () => {
  it.each<[Partial<Config>, string]>([
    [{ accountSid: "SK1" }, "TWILIO_ACCOUNT_SID"],
    [{ authToken: "" }, "TWILIO_AUTH_TOKEN"],
    [{ authToken: "a-token\n" }, "TWILIO_AUTH_TOKEN"],
    [{ apiKey: "AC1" }, "TWILIO_API_KEY"],
    [{ apiSecret: "" }, "TWILIO_API_SECRET"],
    [{ number: "5550100" }, "TWILIO_NUMBER"],
    [{ operatorToken: "short" }, "OPERATOR_TOKEN"],
    [{ sessionSecret: "short" }, "SESSION_SECRET"],
    [{ port: 70_000 }, "65535"],
    [{ ringSeconds: 5 }, "6 to 600"],
    [{ retryAfter: -1 }, "milliseconds"],
    [{ greeting: " " }, "default greeting"],
    [{ greeting: "a".repeat(4097) }, "4096"],
    [{ greeting: "Hello\u0000" }, "control characters"],
    [{ greeting: "Half a fish: \ud83d" }, "control characters"],
    [{ agents: [] }, "agent"],
    [{ agents: [{ id: "agent one", name: "Ann" }] }, "underscores"],
    [{ agents: [{ id: "a".repeat(122), name: "Ann" }] }, "121"],
    [{ agents: [1, 2].map(() => ({ id: "agent1", name: "Ann" })) }, "own"],
    [{ publicUrl: "calls.example.com" }, "https://"],
    [{ publicUrl: "http://calls.example.com" }, "http://"],
    [{ publicUrl: "https://my_calls.example.com" }, "without underscores"],
    [{ publicUrl: "https://calls.example.com/voice" }, "https://calls.example.com"],
    [{ publicUrl: "https://calls.example.com/" }, "https://calls.example.com"],
    [{ publicUrl: "https://calls.example.com?a=1" }, "https://calls.example.com"],
    [{ publicUrl: "https://Calls.example.com" }, "https://calls.example.com"],
    [{ publicUrl: "https://user:pass@calls.example.com" }, "https://calls.example.com"],
  ])("%j is refused with a hint", (change, hint) => {
    const error = errorOf(change);
    expect(error).toBeInstanceOf(AppError);
    expect([error?.category, error?.hint]).toEqual(["config", expect.stringContaining(hint)]);
    for (const secret of [change.authToken, change.apiSecret, change.operatorToken, change.sessionSecret])
      if (secret) expect(error?.message).not.toContain(secret);
  });

  it("is refused once, with every mistake", () => {
    const error = errorOf({ authToken: "", apiKey: "SK1", publicUrl: "https://a_b.example.com", agents: [] });
    expect(error?.message.split("\n")).toEqual([
      "TWILIO_AUTH_TOKEN is not set.",
      "TWILIO_API_KEY is malformed.",
      "No agents are configured.",
      "The public URL's host has an underscore, which Twilio refuses.",
    ]);
  });

  it.each([
    ["http://calls.example.com", "must start with https://"],
    ["https://my_calls.example.com", "has an underscore"],
    ["https://calls.example.com/voice", "has a path"],
    ["https://user:pass@calls.example.com", "contains a user name or a password"],
    ["calls.example.com", "is not a URL"],
    ["https://calls.example.com/", "is not in its shortest form"],
  ])("reports that the public URL %s %s", (publicUrl, sentence) => {
    expect(errorOf({ publicUrl })?.message).toContain(sentence);
  });

  it.each([
    ["a-token\n", "starts or ends with a space or a line break"],
    [" a-token", "a space or"],
    ["a token", "contains a space"],
    ["", "is not set"],
  ])("explains what is wrong with the auth token %j", (authToken, sentence) => {
    expect(errorOf({ authToken })?.message).toContain(sentence);
  });

  it.each([
    null,
    "https://calls.example.com",
    "https://calls.example.com:8443",
    "http://localhost:3000",
    "http://127.0.0.1:3000",
  ])("accepts the public URL %s", (publicUrl) => expect(errorOf({ publicUrl })).toBeUndefined());

  it("refuses a local public URL with the real Twilio, which cannot reach it", () => {
    const error = errorOf({ publicUrl: "http://localhost:3000", twilioApiBaseUrl: null });
    expect(error?.message).toBe("The public URL is an address of this machine, which Twilio cannot reach.");
    expect(errorOf({ publicUrl: "https://calls.example.com", twilioApiBaseUrl: null })).toBeUndefined();
  });
});
