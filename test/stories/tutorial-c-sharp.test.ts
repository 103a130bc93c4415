import { expect, it } from "vitest";
import type { CallView, TokenAnswer } from "../../src/server/control-api.ts";
import { sign } from "../server/support/webhooks.ts";
import { NUMBER, type World, startWorld } from "../support/world/start-world.ts";

/** A page of the C# edition: it has a session, and posts forms. */
async function page(world: World, agent: string) {
  const link = await world.server.signInLink(agent);
  const cookie = (await fetch(link, { redirect: "manual" })).headers.getSetCookie()[0]?.split(";")[0] ?? "";
  return (path: string) =>
    fetch(world.server.url + path, {
      method: "POST",
      headers: { cookie },
      body: new URLSearchParams({ agentId: agent }),
    });
}

/** What Twilio would be told at an address, for the call that an agent has answered. */
async function twiml(world: World, path: string, callSid: string): Promise<string> {
  const { accountSid, authToken } = world.emulator.credentials;
  const params = { AccountSid: accountSid, CallSid: callSid, From: NUMBER, CallStatus: "in-progress" };
  const url = world.server.url + path;
  const answer = await fetch(url, {
    method: "POST",
    headers: { "X-Twilio-Signature": sign(authToken, url, params) },
    body: new URLSearchParams(params),
  });
  expect(answer.status).toBe(200);
  return answer.text();
}

it("is the tutorial by the C# edition's addresses: the customer ends with agent2, and agent1 has left", async () => {
  const world = await startWorld(undefined, { tutorialFlags: true });
  const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
  const [post1, post2] = [await page(world, "agent1"), await page(world, "agent2")];
  world.emulator.configureNumber(NUMBER, { voiceUrl: `${world.server.url}/Conference/ConnectClient` });

  for (const [post, agentId] of [
    [post1, "agent1"],
    [post2, "agent2"],
  ] as const)
    expect((await (await post("/Token/Generate")).json()) as TokenAnswer).toMatchObject({ agentId });

  const customer = await world.customerRings();
  const call = customer.callSid ?? "";
  expect(world.whoHearsWhom()).toEqual(["customer hears [wait]"]);
  expect(await twiml(world, "/Conference/Wait", call)).toBe(await twiml(world, "/conference/wait", call));

  const sid1 = agent1.person.callSid ?? "";
  const connect1 = await twiml(world, `/Conference/ConnectAgent1?conferenceId=${call}`, sid1);
  expect(connect1).toBe(await twiml(world, `/conference/${call}/connect/agent1-1`, sid1));
  expect(connect1).toMatch(/startConferenceOnEnter="true" endConferenceOnExit="false"/);
  await agent1.answers();

  const started = (await (await post1("/Conference/CallAgent2")).json()) as CallView;
  expect(started.transfer).toMatchObject({ from: "agent1", to: "agent2", phase: "ringing" });
  await world.settle();
  const sid2 = agent2.person.callSid ?? "";
  const connect2 = await twiml(world, `/Conference/ConnectAgent2?conferenceId=${call}`, sid2);
  expect(connect2).toBe(await twiml(world, `/conference/${call}/connect/agent2-1`, sid2));
  expect(connect2).toMatch(/startConferenceOnEnter="true" endConferenceOnExit="true"/);
  await agent2.answers();
  expect(world.whoHearsWhom()).toHaveLength(3);

  await agent1.hangsUp();
  expect(world.whoHearsWhom()).toEqual(["customer hears agent2", "agent2 hears customer"]);
  await agent2.hangsUp();
  expect(customer.captions.at(-1)).toBe("Thank you for calling. Goodbye.");
});
