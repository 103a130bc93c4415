import { describe, expect, it } from "vitest";
import { lookAtNumber } from "../../src/compose/number/look.ts";
import { pointNumber, previewPointing } from "../../src/compose/number/point.ts";
import { restoreNumber } from "../../src/compose/number/restore.ts";
import { APPLICATION, NUMBER, OLD, TRUNK, numberStage } from "./support/number-stage.ts";

const UPDATE = "UpdateIncomingPhoneNumber";

describe("a number pointed here", () => {
  it("has our addresses, and its old ones are kept for its owner's eyes", async () => {
    const { number, options, file } = await numberStage();
    const { before, after, changes } = await pointNumber(options);
    expect(number()).toMatchObject({
      voiceUrl: expect.stringMatching(/^https:\/\/calls\.example\.com\/conference\/connect\/client#rc=/),
      voiceMethod: "POST",
      statusCallback: expect.stringMatching(/^https:\/\/calls\.example\.com\/call\/events#rc=/),
    });
    expect([before.voiceUrl, after.voiceUrl]).toEqual([OLD.voiceUrl, number().voiceUrl]);
    expect(changes[0]).toEqual({ setting: "voiceUrl", before: OLD.voiceUrl, after: after.voiceUrl });
    expect(JSON.parse(file().text)).toEqual({
      [before.sid]: expect.objectContaining({ phoneNumber: NUMBER, original: expect.objectContaining(OLD) }),
    });
    expect(file().mode).toBe(0o600);
  });

  it("is restored exactly, and a second restoration changes nothing", async () => {
    const { number, options } = await numberStage();
    const before = number();
    await pointNumber(options);
    expect(await restoreNumber(options)).toMatchObject({ result: "restored" });
    expect(number()).toEqual(before);
    expect(await restoreNumber(options)).toMatchObject({ result: "nothing-kept", changes: [] });
    expect(number()).toEqual(before);
  });

  it("gets back that it had nothing", async () => {
    const { number, options } = await numberStage({});
    const before = number();
    await pointNumber(options);
    await restoreNumber(options);
    expect(number()).toEqual(before);
  });

  it("sends no update to Twilio if it is pointed here already", async () => {
    const { emulator, options } = await numberStage();
    await pointNumber(options);
    emulator.faults.add({ rest: UPDATE, answer: 500 });
    expect((await pointNumber(options)).changes).toEqual([]);
  });

  it("keeps its oldest settings through one address after another", async () => {
    const { number, options } = await numberStage();
    const before = number();
    for (const host of ["one", "two", "three"])
      await pointNumber({ ...options, publicUrl: `https://${host}.example.com` });
    expect(number().voiceUrl).toContain("https://three.example.com");
    await restoreNumber(options);
    expect(number()).toEqual(before);
  });

  it("is not the only one: each has a backup of its own", async () => {
    const { emulator, options, number } = await numberStage();
    const before = number();
    await pointNumber(options);
    const other = await numberStage({});
    await pointNumber({ ...other.options, dir: options.dir });
    await restoreNumber({ ...other.options, dir: options.dir });
    await restoreNumber(options);
    expect([emulator.numbers[0]?.voiceUrl, number()]).toEqual([OLD.voiceUrl, before]);
  });

  it("needs no folder where nothing has to be restored", async () => {
    const { options } = await numberStage();
    await pointNumber({ ...options, dir: null });
    expect(await restoreNumber({ ...options, dir: null })).toMatchObject({ result: "nothing-kept" });
  });
});

describe("a customer who calls while the server is down", () => {
  it.each([
    ["en", "We are sorry"],
    ["ja", "申し訳ございません"],
  ] as const)("hears an apology (%s)", async (language, words) => {
    const { emulator, options } = await numberStage();
    // Nobody listens there.
    await pointNumber({ ...options, language, publicUrl: "http://127.0.0.1:9" });
    const customer = emulator.people.add("+15550111111");
    await customer.call(NUMBER);
    await emulator.settled();
    expect(customer.captions.join(" ")).toContain(words);
  });
});

describe("a number that something else answers", () => {
  it.each([
    [{ trunkSid: TRUNK }, "SIP trunk"],
    [{ voiceApplicationSid: APPLICATION }, "TwiML application"],
    [{ voiceReceiveMode: "fax" }, "faxes"],
  ] as const)("%j is left alone until it is taken over, and given back", async (override, words) => {
    const { number, options } = await numberStage({ ...OLD, ...override });
    const before = number();
    await expect(pointNumber(options)).rejects.toMatchObject({
      category: "conflict",
      message: expect.stringContaining(words),
      hint: expect.stringContaining("--take-over"),
    });
    expect(number()).toEqual(before);

    await pointNumber({ ...options, takeOver: true });
    expect(number()).toMatchObject({ trunkSid: "", voiceApplicationSid: "", voiceReceiveMode: "voice" });
    await restoreNumber(options);
    expect(number()).toEqual(before);
  });

  it("is seen to be", async () => {
    const { options } = await numberStage({ ...OLD, trunkSid: TRUNK });
    expect(await lookAtNumber(options)).toMatchObject({
      overrides: [{ kind: "trunk", sid: TRUNK }],
      pointsAt: null,
      backup: null,
    });
  });
});

describe("a number whose change fails", () => {
  it("was not changed: nothing has to be restored", async () => {
    const { emulator, number, options } = await numberStage();
    const before = number();
    emulator.faults.add({ rest: UPDATE, answer: 500 });
    await expect(pointNumber(options)).rejects.toMatchObject({
      category: "network",
      hint: expect.stringContaining("number reset"),
    });
    expect(await restoreNumber(options)).toMatchObject({ result: "unchanged", changes: [] });
    expect(number()).toEqual(before);
  });

  it("was changed although no answer came: it is restored", async () => {
    const { emulator, number, options } = await numberStage();
    const before = number();
    emulator.faults.add({ rest: UPDATE, answer: "reset", afterEffect: true });
    await expect(pointNumber(options)).rejects.toMatchObject({ category: "network" });
    expect(number().voiceUrl).not.toBe(before.voiceUrl);
    expect(await restoreNumber(options)).toMatchObject({ result: "restored" });
    expect(number()).toEqual(before);
  });

  it("can be pointed elsewhere afterwards, and is still restored", async () => {
    const { emulator, number, options } = await numberStage();
    const before = number();
    await pointNumber({ ...options, publicUrl: "https://one.example.com" });
    emulator.faults.add({ rest: UPDATE, answer: 500 });
    await expect(pointNumber({ ...options, publicUrl: "https://two.example.com" })).rejects.toThrow();
    await pointNumber({ ...options, publicUrl: "https://three.example.com" });
    await restoreNumber(options);
    expect(number()).toEqual(before);
  });

  it("keeps its backup when it cannot be restored", async () => {
    const { emulator, number, options } = await numberStage();
    const before = number();
    await pointNumber(options);
    emulator.faults.add({ rest: UPDATE, answer: 503 });
    await expect(restoreNumber(options)).rejects.toMatchObject({ category: "network" });
    expect(await restoreNumber(options)).toMatchObject({ result: "restored" });
    expect(number()).toEqual(before);
  });

  it("is not changed when the backup cannot be written", async () => {
    const { number, options, dir } = await numberStage();
    const before = number();
    await expect(pointNumber({ ...options, dir: `${dir}/none\0` })).rejects.toMatchObject({
      category: "config",
    });
    expect(number()).toEqual(before);
  });
});

describe("a number that someone else changed since", () => {
  const THEIRS = "https://theirs.example.com/voice";

  it("stays unchanged, and the error names the foreign settings", async () => {
    const { emulator, number, options } = await numberStage();
    await pointNumber(options);
    emulator.configureNumber(NUMBER, { voiceUrl: THEIRS });
    await expect(restoreNumber(options)).rejects.toMatchObject({
      category: "conflict",
      message: expect.stringContaining(THEIRS),
      hint: expect.stringContaining("--yes"),
    });
    expect(number().voiceUrl).toBe(THEIRS);
  });

  it("is shown without the password in its URL", async () => {
    const { emulator, options } = await numberStage();
    await pointNumber(options);
    emulator.configureNumber(NUMBER, { voiceUrl: "https://anna:secret@example.com/voice" });
    await expect(restoreNumber(options)).rejects.toMatchObject({
      message: expect.stringContaining("voiceUrl is now https://anna:…@example.com/voice") as string,
    });
  });

  it("is restored on request", async () => {
    const { emulator, number, options } = await numberStage();
    const before = number();
    await pointNumber(options);
    emulator.configureNumber(NUMBER, { voiceUrl: THEIRS });
    await restoreNumber({ ...options, overwrite: true });
    expect(number()).toEqual(before);
  });

  it("gets theirs back when it is pointed again", async () => {
    const { emulator, number, options } = await numberStage();
    const before = number();
    await pointNumber(options);
    emulator.configureNumber(NUMBER, { voiceUrl: THEIRS });
    await pointNumber(options);
    await restoreNumber(options);
    expect(number()).toEqual({ ...before, voiceUrl: THEIRS });
  });
});

describe("a preview", () => {
  it("changes nothing and keeps nothing", async () => {
    const { number, options, file } = await numberStage();
    const before = number();
    const { changes } = await previewPointing(options);
    expect(changes.map(({ setting }) => setting)).toContain("voiceUrl");
    expect(number()).toEqual(before);
    expect(file).toThrow("ENOENT");
  });
});
