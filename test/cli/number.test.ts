import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NUMBER, OLD_URL, PUBLIC_URL, numberCli } from "./support/number-cli.ts";

const OURS = expect.stringMatching(
  /^https:\/\/calls\.example\.com\/conference\/connect\/client#rc=/,
) as string;
const TRUNK = `TK${"a".repeat(32)}`;
const APPLICATION = `AP${"b".repeat(32)}`;
const UPDATE = "UpdateIncomingPhoneNumber";

describe("warm-transfer number show", () => {
  it("shows the number's settings, and that it does not point here", async () => {
    const { run } = await numberCli();
    const { code, stdout, stderr } = await run("show");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`voice URL        POST ${OLD_URL}`);
    expect(stdout).toContain("fallback         none");
    expect(stdout).toContain("Its calls do not go to a warm-transfer server.");
  });

  it("prints a number once when its friendly name is the number", async () => {
    const { run } = await numberCli({ friendlyName: NUMBER });
    expect((await run("show")).stdout.split("\n")[0]).toBe(NUMBER);
  });

  it("prints one document with --json", async () => {
    const { json } = await numberCli();
    expect(await json("show")).toMatchObject({
      code: 0,
      document: {
        number: NUMBER,
        sid: expect.stringMatching(/^PN/),
        voiceUrl: OLD_URL,
        voiceMethod: "POST",
        voiceFallbackUrl: "",
        statusCallback: "",
        overrides: [],
        pointsAt: null,
        pointsHere: false,
        backup: null,
      },
    });
  });

  it("reports that the number points here, and the saved settings", async () => {
    const { run, json } = await numberCli();
    await run("set", "--yes");
    expect(await json("show")).toMatchObject({
      document: { pointsAt: PUBLIC_URL, pointsHere: true, backup: { voiceUrl: OLD_URL } },
    });
    expect((await run("show")).stdout).toMatch(/go to this project's server\.\n.*number reset/);
  });

  it("reports that the number points at another server", async () => {
    const { run } = await numberCli();
    await run("set", "--yes", "--public-url", "https://other.example.com");
    expect((await run("show")).stdout).toContain(`at https://other.example.com, not to ${PUBLIC_URL}.`);
  });

  it.each([
    [{ trunkSid: TRUNK }, "SIP trunk"],
    [{ voiceApplicationSid: APPLICATION }, "application"],
    [{ voiceReceiveMode: "fax" }, "faxes"],
  ] as const)("reports what answers the number: %j", async (override, words) => {
    const { run, json } = await numberCli({ voiceUrl: OLD_URL, ...override });
    expect((await run("show")).stdout).toMatch(new RegExp(`(ignores these URLs|takes faxes)`, "i"));
    expect((await run("show")).stdout).toContain(words);
    expect(await json("show")).toMatchObject({
      document: {
        overrides: [{ sid: Object.values(override)[0]?.replace("fax", "") || null }],
        pointsHere: false,
      },
    });
  });

  it("requires only credentials and a number", async () => {
    const { cwd, emulator, run } = await numberCli();
    const { accountSid, authToken } = emulator.credentials;
    writeFileSync(
      join(cwd, ".env"),
      `TWILIO_ACCOUNT_SID=${accountSid}\nTWILIO_AUTH_TOKEN=${authToken}\nTWILIO_API_BASE_URL=${emulator.url}\n`,
    );
    expect(await run("show", "--number", "+1 555 010 0000")).toMatchObject({ code: 0 });
    expect(await run("show")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("TWILIO_NUMBER is not set"),
    });
  });
});

describe("warm-transfer number set", () => {
  it("shows old and new settings, and changes nothing with --dry-run", async () => {
    const { run, voiceUrl, hasBackup } = await numberCli();
    const { code, stdout } = await run("set", "--dry-run");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`voice URL +POST ${OLD_URL}\\n +→ POST ${PUBLIC_URL}/conference/connect/client`),
    );
    expect(stdout).toMatch(/fallback +none\n +→ GET http:\/\/127\.0\.0\.1:\d+\/echo\?Twiml=/);
    expect([voiceUrl(), hasBackup()]).toEqual([OLD_URL, false]);
  });

  it("changes nothing without --yes where there is no terminal", async () => {
    const { run, voiceUrl } = await numberCli();
    expect(await run("set")).toMatchObject({ code: 2, stderr: expect.stringContaining("--yes") });
    expect(voiceUrl()).toBe(OLD_URL);
  });

  it("points the number and says how to undo it", async () => {
    const { run, voiceUrl, hasBackup } = await numberCli();
    const { code, stdout } = await run("set", "--yes");
    expect([code, voiceUrl(), hasBackup()]).toEqual([0, OURS, true]);
    expect(stdout).toContain("warm-transfer number reset");
  });

  it("reports its change in one document", async () => {
    const { json } = await numberCli();
    const { code, document } = await json("set", "--yes");
    expect(code).toBe(0);
    expect(document).toMatchObject({ number: NUMBER, changed: true });
    expect((document as { changes: object[] }).changes[0]).toEqual({
      setting: "voiceUrl",
      before: OLD_URL,
      after: OURS,
    });
    expect(await json("set", "--yes")).toMatchObject({ code: 0, document: { changed: false, changes: [] } });
  });

  it("accepts another number and another address as options", async () => {
    const { run, voiceUrl } = await numberCli(undefined, { TWILIO_NUMBER: "+15559999999" });
    await run("set", "--yes", "--number", NUMBER, "--public-url", "https://other.example.com");
    expect(voiceUrl()).toContain("https://other.example.com/");
  });

  it.each([
    [{ trunkSid: TRUNK }, "SIP trunk"],
    [{ voiceApplicationSid: APPLICATION }, "TwiML application"],
    [{ voiceReceiveMode: "fax" }, "faxes"],
  ] as const)("leaves a number unchanged that something else answers: %j", async (override, words) => {
    const { run, json, voiceUrl } = await numberCli({ voiceUrl: OLD_URL, ...override });
    const refused = await run("set", "--yes");
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining(words) });
    expect(refused.stderr).toContain("--take-over");
    expect(voiceUrl()).toBe(OLD_URL);
    expect(await json("set", "--yes")).toMatchObject({
      code: 3,
      document: null,
      error: { error: { category: "conflict" } },
    });

    expect(await run("set", "--yes", "--take-over")).toMatchObject({ code: 0 });
    expect(await run("reset")).toMatchObject({ code: 0 });
    expect((await json("show")).document).toMatchObject(override);
  });

  it.each([
    ["http://calls.example.com", "https://"],
    ["https://my_calls.example.com", "underscore"],
    ["https://calls.example.com/voice", "path"],
    ["calls", "not a URL"],
  ])("refuses the address %s", async (address, words) => {
    const { run, voiceUrl } = await numberCli();
    expect(await run("set", "--yes", "--public-url", address)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(words),
    });
    expect(voiceUrl()).toBe(OLD_URL);
  });

  it("keeps the previous settings when the answer is lost, and says how to undo the change", async () => {
    const { emulator, run, voiceUrl } = await numberCli();
    emulator.faults.add({ rest: UPDATE, answer: "reset", afterEffect: true });
    expect(await run("set", "--yes")).toMatchObject({
      code: 5,
      stderr: expect.stringContaining("number reset"),
    });
    expect(voiceUrl()).toEqual(OURS);
    expect(await run("reset")).toMatchObject({ code: 0 });
    expect(voiceUrl()).toBe(OLD_URL);
  });
});

describe("warm-transfer number reset", () => {
  it("restores the previous settings; a second reset does nothing", async () => {
    const { run, voiceUrl } = await numberCli();
    await run("set", "--yes");
    const { code, stdout } = await run("reset");
    expect([code, voiceUrl()]).toEqual([0, OLD_URL]);
    expect(stdout).toContain("The number's previous settings are restored.");
    expect(await run("reset")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Nothing to restore"),
    });
    expect(voiceUrl()).toBe(OLD_URL);
  });

  it("reports the restored settings in one document", async () => {
    const { run, json } = await numberCli();
    await run("set", "--yes");
    expect(await json("reset", "--dry-run")).toMatchObject({ code: 0, document: { result: "dry-run" } });
    expect(await json("reset")).toMatchObject({
      code: 0,
      document: {
        number: NUMBER,
        result: "restored",
        changes: expect.arrayContaining([expect.objectContaining({ after: OLD_URL })]),
      },
    });
    expect(await json("reset")).toMatchObject({ code: 0, document: { result: "nothing-kept", changes: [] } });
  });

  it("reports after a crash before the change that nothing had changed", async () => {
    const { emulator, run } = await numberCli();
    emulator.faults.add({ rest: UPDATE, answer: 500 });
    await run("set", "--yes");
    expect(await run("reset")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("already has its previous settings"),
    });
  });

  it("leaves settings unchanged that another program made since, shows them, and restores with --yes", async () => {
    const { emulator, run, voiceUrl } = await numberCli();
    await run("set", "--yes");
    const theirs = "https://theirs.example.com/voice";
    emulator.configureNumber(NUMBER, { voiceUrl: theirs });
    const refused = await run("reset");
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining(`voiceUrl is now ${theirs}`) });
    expect(refused.stderr).toContain("--yes");
    expect(voiceUrl()).toBe(theirs);
    expect(await run("reset", "--yes")).toMatchObject({ code: 0 });
    expect(voiceUrl()).toBe(OLD_URL);
  });

  it("finds the only changed number when the settings name none", async () => {
    const { cwd, emulator, run, voiceUrl } = await numberCli();
    await run("set", "--yes");
    const { accountSid, authToken } = emulator.credentials;
    writeFileSync(
      join(cwd, ".env"),
      `TWILIO_ACCOUNT_SID=${accountSid}\nTWILIO_AUTH_TOKEN=${authToken}\nTWILIO_API_BASE_URL=${emulator.url}\n`,
    );
    expect(await run("reset")).toMatchObject({ code: 0 });
    expect(voiceUrl()).toBe(OLD_URL);
  });
});
