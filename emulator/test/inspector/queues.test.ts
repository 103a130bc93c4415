import { expect, it } from "vitest";
import { familiesOf } from "../../src/inspector/family.ts";
import type { Snapshot } from "../../src/inspector/snapshot.ts";
import { AGENT, SECOND, queueOf, queueing } from "../engine/queueing.ts";

const see = async (url: string): Promise<string> => (await fetch(url)).text();

it("the inspector shows who waits in which queue, also on the page of such a call", async () => {
  const stage = await queueing();
  const { url } = stage.emulator;
  expect(await see(`${url}/inspector`)).not.toContain('id="queues"');
  const [first, second] = [await stage.rings(), await stage.rings(SECOND)];
  const page = await see(`${url}/inspector`);
  const queues = page.slice(page.indexOf('id="queues"'));
  for (const shown of ["support", queueOf(stage).sid, "2 of at most 1000"]) expect(queues).toContain(shown);
  expect(queues.indexOf(`${first.callSid}</code> since`)).toBeGreaterThan(0);
  expect(queues.indexOf(`${second.callSid}</code> since`)).toBeGreaterThan(
    queues.indexOf(`${first.callSid}</code> since`),
  );
  expect(await see(`${url}/inspector?call=${first.callSid}`)).toContain('id="queues"');
  first.hangUp();
  second.hangUp();
  await stage.emulator.settled();
  expect(await see(`${url}/inspector`)).toContain("Nobody waits in it.");
});

it("a queued call belongs together with the agent's who took it, and another caller's does not", async () => {
  const stage = await queueing();
  stage.app.on("/whisper", "<Say>An agent is there for you now.</Say>");
  const [first, second] = [await stage.rings(), await stage.rings(SECOND)];
  const agent = await stage.serves(`<Queue url="/whisper">support</Queue>`);
  expect(agent.address).toBe(AGENT);
  const shown = JSON.parse(await see(`${stage.emulator.url}/inspector.json`)) as Snapshot;
  expect(familiesOf(shown).map(({ calls }) => calls)).toEqual([
    [second.callSid],
    [first.callSid, agent.callSid],
  ]);
});

it("the inspector shows the events of a recording that a conference waits for", async () => {
  const stage = await queueing();
  stage.app.on(
    "/voice",
    `<Dial><Conference record="record-from-start" recordingStatusCallback="/recorded">room</Conference></Dial>`,
  );
  await stage.rings();
  const { conferences } = JSON.parse(await see(`${stage.emulator.url}/inspector.json`)) as Snapshot;
  expect(conferences[0]?.record?.callback?.events).toEqual(["completed"]);
});
