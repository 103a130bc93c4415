import { describe, expect, it, onTestFinished } from "vitest";
import { restError, startRestStandIn } from "../../twilio/support/rest-stand-in.ts";
import { startInitStage } from "./init-stage.ts";

describe("init reports missing values", () => {
  it("all at once, with their flags and variables", async () => {
    const { init, files } = await startInitStage();
    const { error } = await init([], { stdin: "" });
    expect([error?.category, error?.message.split("\n").length]).toEqual(["usage", 6]);
    for (const word of [
      "--account-sid",
      "TWILIO_ACCOUNT_SID",
      "standard input",
      "--number",
      "AGENTS",
      "--tunnel",
    ])
      expect(error?.message).toContain(word);
    expect(files()).toEqual([]);
  });

  it.each([
    ["--account-sid", "the account SID"],
    ["--number", "the account's number"],
    ["--agents", "the agents"],
    ["--public-url", "a public URL or a tunnel"],
  ])("without %s", async (flag, what) => {
    const { init, complete } = await startInitStage();
    const at = complete.indexOf(flag);
    const { error } = await init(complete.toSpliced(at, 2));
    expect(error?.message).toMatch(new RegExp(`^Missing settings:\n  ${what}: [^\n]*$`));
  });

  it("without a token, ngrok's token, an API key's secret", async () => {
    const { init, complete } = await startInitStage();
    const withoutUrl = complete.slice(0, -2);
    const { error } = await init([...withoutUrl, "--tunnel", "ngrok", "--api-key", `SK${"1".repeat(32)}`], {
      stdin: "",
    });
    for (const what of ["the auth token", "ngrok's authtoken", "the API key's secret"])
      expect(error?.message).toContain(what);
  });
});

describe("init refuses", () => {
  it("when Twilio does not answer in time", async () => {
    const { emulator, init, complete, files } = await startInitStage();
    emulator.faults.add({ rest: "*", times: 99, delayMs: 60_000 });
    const { error } = await init([...complete, "--timeout", "1s"]);
    expect(error).toMatchObject({ category: "timeout" });
    expect(files()).toEqual([]);
  });

  it.each<[string, string[], string, string]>([
    [
      "an account SID that is none",
      ["--account-sid", "SK1"],
      "config",
      "TWILIO_ACCOUNT_SID is not AC and 32",
    ],
    ["a public URL with a path", ["--public-url", "https://a.example.com/x"], "config", "has a path"],
    ["a public URL over http", ["--public-url", "http://a.example.com"], "config", "must start with https"],
    ["a public URL with an underscore", ["--public-url", "https://a_b.example.com"], "config", "underscore"],
    ["a URL and a tunnel", ["--tunnel", "cloudflared"], "usage", "exclude each other"],
    [
      "a domain without ngrok",
      ["--tunnel", "cloudflared", "--ngrok-domain", "a.example.com"],
      "usage",
      "applies to ngrok only",
    ],
    ["agents that cannot be", ["--agents", "a b:A,c"], "usage", "cannot be an agent's id"],
    ["one agent twice", ["--agents", "a,a"], "usage", "Two agents have the id a"],
    ["a greeting that is too long", ["--greeting", "a".repeat(4097)], "config", "is 4097 characters long"],
    ["a language that it has not", ["--language", "de"], "usage", "en, ja"],
    [
      "a file that is not there",
      ["--auth-token-file", "/nowhere/token"],
      "usage",
      "--auth-token-file cannot be read",
    ],
    [
      "a number that is not the account's",
      ["--number", "+15550100009"],
      "not-found",
      "does not own this number",
    ],
    ["an API key that is not the account's", ["--api-key", `SK${"1".repeat(32)}`], "auth", "20003"],
  ])("%s", async (_, args, category, sentence) => {
    const { init, complete, files, keys } = await startInitStage();
    const { error } = await init([...complete, ...args], { env: { TWILIO_API_SECRET: "a-secret" } });
    expect([error?.category, error?.message]).toEqual([category, expect.stringContaining(sentence)]);
    expect([files(), keys().length]).toEqual([[], 1]);
  });

  it.each([
    ["wrong", "auth", "20003"],
    [" with-spaces ", "config", "starts or ends with a space or a line break"],
    ["two\nlines\n", "config", "contains a space or a line break"],
  ])("the token %j, without showing it", async (stdin, category, sentence) => {
    const { init, files } = await startInitStage();
    const { error } = await init(undefined, { stdin });
    expect([error?.category, error?.message]).toEqual([category, expect.stringContaining(sentence)]);
    expect(`${error?.message} ${error?.hint}`).not.toContain(stdin.trim());
    expect(files()).toEqual([]);
  });

  it.each(["suspended", "closed"])("an account that is %s", async (status) => {
    const rest = await startRestStandIn(() => ({
      status: 200,
      body: { sid: "AC", friendly_name: "Old shop", status },
    }));
    onTestFinished(() => rest.close());
    const { init, files } = await startInitStage();
    const { error } = await init(undefined, { env: { TWILIO_API_BASE_URL: rest.url } });
    expect([error?.category, error?.message]).toEqual(["conflict", `The account “Old shop” is ${status}.`]);
    expect(files()).toEqual([]);
  });

  it("to continue without an API key when it may not create one", async () => {
    const { init, emulator, files } = await startInitStage();
    emulator.faults.add({ rest: "CreateNewKey", answer: 403, code: 20003 });
    const { error } = await init();
    expect([error?.category, error?.hint]).toEqual(["auth", expect.stringContaining("TWILIO_API_KEY")]);
    expect(files()).toEqual([]);
  });

  it("an API address that is neither Twilio's nor on this machine (invariant 11)", async () => {
    const { init } = await startInitStage();
    const { error } = await init(undefined, { env: { TWILIO_API_BASE_URL: "https://twilio.example.com" } });
    expect(error?.category).toBe("config");
  });

  it("when Twilio cannot be reached", async () => {
    const { init } = await startInitStage();
    const { error } = await init(undefined, { env: { TWILIO_API_BASE_URL: "http://127.0.0.1:1" } });
    expect(error?.category).toBe("network");
  });

  it("when Twilio refuses for any other reason", async () => {
    const rest = await startRestStandIn(() => restError(500, 20500));
    onTestFinished(() => rest.close());
    const { init } = await startInitStage();
    expect((await init(undefined, { env: { TWILIO_API_BASE_URL: rest.url } })).error?.category).toBe(
      "network",
    );
  });
});
