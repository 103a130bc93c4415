import { describe, expect, it } from "vitest";
import { answers, presumed, replayed, savedScene, transfer } from "../support/world/saved-call.ts";

interface RawStep {
  params?: Record<string, string>;
  parameters?: Record<string, string>;
}

describe("a replay", () => {
  it("says why: each action has its reason", async () => {
    const scene = await savedScene();
    await transfer(scene, "consult");
    await answers(scene);
    scene.customer.hangUp();
    await scene.waits();
    const { steps } = await replayed(scene);
    const actions = steps.flatMap((step) => step.actions).map(({ what, why }) => `${what}: ${why}`);
    expect(actions.slice(0, 3)).toEqual([
      "dial agent1-1: the customer has no agent, and agent1 is free",
      "hold customer: the agents talk first",
      "dial agent2-1: a transfer has started (consult)",
    ]);
    expect(actions).toContain("end the conference: the call is over: the customer hung up");
  });

  it("presumes a goodbye also where Twilio's callback overtook what the server asked because of it", async () => {
    const scene = await savedScene();
    await scene.agent1.answers();
    await scene.waits();
    await scene.asks("/end");
    const file = JSON.parse(await scene.file()) as { steps: RawStep[] };
    const asked = file.steps.findIndex(({ parameters }) => parameters?.Status === "completed");
    const ending = file.steps.splice(asked, 2);
    const left = file.steps.findIndex(
      ({ params }) =>
        params?.StatusCallbackEvent === "participant-leave" && params.ParticipantLabel === "agent1-1",
    );
    const [webhook] = file.steps.splice(left, 1);
    Object.assign(webhook?.params ?? {}, { ReasonParticipantLeft: "participant_hung_up" });
    file.steps.splice(asked, 0, ...(webhook ? [webhook] : []), ...ending);
    const report = await replayed({ ...scene, file: async () => JSON.stringify(file) });
    expect(presumed(report)).toEqual(["agent1 ends the call"]);
    expect(report.steps.find(({ from }) => from === "presumed")?.actions).toMatchObject([
      { action: "end-conference", isInFile: true },
    ]);
    expect(report.differences).toEqual([]);
  });

  it("tells of a decision that the file has no request for, and of a request that nothing explains", async () => {
    const scene = await savedScene();
    await scene.agent1.answers();
    await scene.waits();
    const { accountSid, authToken } = scene.world.emulator.credentials;
    const headers = { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` };
    const path = `/2010-04-01/Accounts/${accountSid}/Calls/${scene.call}.json`;
    const body = new URLSearchParams({ StatusCallback: "http://127.0.0.1:9/elsewhere" });
    await fetch(scene.world.emulator.url + path, { method: "POST", headers, body });
    await scene.world.settle();
    const text = await scene.file();
    const file = JSON.parse(text) as { steps: { kind: string; operation?: string }[] };
    const withoutDial = { ...file, steps: file.steps.filter(({ operation }) => operation !== "CreateCall") };
    const whole = await replayed(scene);
    expect(whole.differences).toEqual([
      expect.stringMatching(/the server asked Twilio for UpdateCall: not explained/),
    ]);
    const other = await replayed({ ...scene, file: async () => JSON.stringify(withoutDial) });
    expect(other.steps.flatMap(({ actions }) => actions)).toEqual([]);
  });

  it("tells of TwiML that the file has and this release would not answer", async () => {
    const scene = await savedScene();
    const text = (await scene.file()).replace(
      'participantLabel=\\"customer\\"',
      'participantLabel=\\"guest\\"',
    );
    expect(text).toContain("guest");
    const { differences } = await replayed({ ...scene, file: async () => text });
    expect(differences).toEqual(["Webhook 1 (customer) got other TwiML than it would get now."]);
  });

  it("leaves out what a person sent again, and webhooks that the server never answered", async () => {
    const scene = await savedScene();
    const { emulator } = scene.world;
    const [first] = emulator.deliveries;
    const again = `${emulator.url}/inspector/deliveries/${first?.id}/send-again`;
    expect((await fetch(again, { method: "POST", headers: { origin: emulator.url } })).ok).toBe(true);
    emulator.faults.add({ webhook: "call-status", event: "answered", does: "drop" });
    await scene.agent1.answers();
    await scene.waits();
    const { assumptions, differences } = await replayed(scene);
    expect(assumptions).toContain("1 webhook was left out, because a person had sent it again.");
    expect(assumptions).toContain("1 webhook was left out, because the server did not answer it.");
    expect(differences).toEqual([]);
  });
});
