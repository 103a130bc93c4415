import { describe, expect, it } from "vitest";
import type { EmulatorOptions } from "../../src/types.ts";
import { startEmulatorStage } from "../support/emulator-stage.ts";
import { AGENT } from "./talking.ts";

const CONFERENCE = "<Conference>room</Conference>";
const CLIENT = "<Client>agent1</Client>";

/** A customer whose `<Dial>` has an action; agent1 answers after ten seconds. */
async function dialling(noun: string, options: EmulatorOptions = {}) {
  const stage = await startEmulatorStage(options);
  stage.app.on("/voice", `<Dial action="/after">${noun}</Dial>`);
  stage.app.on("/after", "<Say>Nobody hears this.</Say>");
  stage.app.on("/other", `<Pause length="60"/>`);
  const agent = stage.emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 10_000 } });
  const customer = await stage.rings();
  const hangUp = async (): Promise<void> => {
    customer.hangUp();
    await stage.emulator.settled();
  };
  return { ...stage, agent, customer, hangUp };
}

describe("the action of a <Dial> whose caller hangs up", () => {
  it("learns that they talked, and for how long; its answer changes nothing", async () => {
    const { app, clock, customer, agent, hangUp } = await dialling(CLIENT);
    await clock.advance(17_000);
    await hangUp();
    expect(app.to("/after").map(({ params }) => params)).toMatchObject([
      { CallStatus: "completed", DialCallStatus: "completed", DialBridged: "true", DialCallDuration: "7" },
    ]);
    await clock.advance(60_000);
    expect([customer.captions, customer.state, agent.state]).toEqual([[], "idle", "idle"]);
  });

  it("learns that the dialled call was cancelled", async () => {
    const { app, clock, hangUp } = await dialling(CLIENT);
    await clock.advance(2_000);
    await hangUp();
    expect(app.to("/after").map(({ params }) => params)).toMatchObject([
      { CallStatus: "completed", DialCallStatus: "canceled", DialBridged: "false" },
    ]);
  });

  it("learns of the conference that the caller left", async () => {
    const { app, hangUp } = await dialling(CONFERENCE);
    await hangUp();
    const [told, ...more] = app.to("/after").map(({ params }) => params);
    expect(more).toEqual([]);
    expect(told).toMatchObject({ CallStatus: "completed", DialCallStatus: "answered" });
    expect(told).not.toHaveProperty("DialCallSid");
  });

  it.each([CLIENT, CONFERENCE])("gets no request in the other variant: %s", async (noun) => {
    const { app, hangUp } = await dialling(noun, { quirks: { actionAfterHangUp: false } });
    await hangUp();
    expect(app.to("/after")).toEqual([]);
  });

  it.each([CLIENT, CONFERENCE])("gets no request if REST gives the call other TwiML: %s", async (noun) => {
    const { app, emulator } = await dialling(noun);
    const [call] = emulator.engine.world.calls.values();
    emulator.engine.updateCall(call!, { voice: { url: `${app.url}/other`, method: "POST" } });
    await emulator.settled();
    expect([app.to("/other").length, app.to("/after").length]).toEqual([1, 0]);
  });
});
