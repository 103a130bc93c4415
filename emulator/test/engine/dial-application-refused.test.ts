import { describe, expect, it } from "vitest";
import { PLAIN, SID, dialling } from "./applying.ts";

describe("<Dial><Application> fails with a warning", () => {
  it.each([
    ["<Application>AP1</Application>", 12200, "<Application> has no application SID: 'AP1' (21218)"],
    ["<Application/>", 12200, "<Application> has no application SID: '' (21218)"],
    [`<Application>AP${"0".repeat(32)}</Application>`, 21218, `There is no application AP${"0".repeat(32)}`],
  ])("for %s", async (noun, code, message) => {
    const { sent, warnings } = await dialling({ noun });
    expect(sent("/done")).toMatchObject([{ DialCallStatus: "failed" }]);
    const [warning] = warnings();
    expect([warning?.code, warning?.message]).toEqual([code, expect.stringContaining(message)]);
  });

  it("for an application without a voice URL", async () => {
    const { sent, warnings } = await dialling({ change: { voiceUrl: "" } });
    expect(sent("/done")).toMatchObject([{ DialCallStatus: "failed" }]);
    expect(warnings()).toMatchObject([{ code: 11100 }]);
  });

  it("for applications that dial each other in a circle", async () => {
    const { emulator, customer, clock, warnings } = await dialling({
      app: `<Dial>${PLAIN}</Dial>`.repeat(3),
    });
    await clock.advance(60_000);
    expect(new Set(warnings().map(({ code }) => code))).toEqual(new Set([10004]));
    expect(emulator.engine.world.calls.size).toBeLessThan(500);
    expect(customer.captions).toEqual(["Goodbye."]);
  });
});

describe("<Application> is read with a warning", () => {
  it("beside another noun: the first is dialled alone", async () => {
    const { agent, sent, warnings } = await dialling({ noun: `${PLAIN}<Client>agent1</Client>` });
    expect([sent("/app").length, agent.state]).toEqual([1, "idle"]);
    expect(warnings()[0]?.message).toContain("beside others");
  });

  it("with a customerId of more than 256 characters, and with a url", async () => {
    const noun = (length: number) => `<Application customerId="${"c".repeat(length)}">${SID}</Application>`;
    const fits = await dialling({ noun: noun(256) });
    expect([fits.sent("/app")[0]?.CustomerId, fits.warnings()]).toEqual(["c".repeat(256), []]);
    const long = await dialling({ noun: noun(257) });
    expect(long.sent("/app")[0]?.CustomerId).toBe(long.emulator.credentials.accountSid);
    expect(long.warnings()[0]?.message).toContain("at most 256 characters");
    const whispering = await dialling({ noun: `<Application url="/whisper">${SID}</Application>` });
    expect(whispering.warnings()[0]?.message).toContain("'url' of <Application> has no effect");
    expect(whispering.sent("/whisper")).toEqual([]);
  });
});
