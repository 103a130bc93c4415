import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallsAnswer } from "../../src/server/control-api.ts";
import { type Line, button, expectNoComplaints, expectToHear, gatherThree } from "./support/on-the-line.ts";
import type { Party } from "./support/party.ts";

/** Three browsers, three microphones, the unmodified SDK; an operator chooses what the page has no button for. */
describe("a consultation, by ear", () => {
  let line: Line;
  let everybody: Party[];
  let customer: Party;
  let agent1: Party;
  let agent2: Party;

  const operator = async (path: string, body?: object): Promise<Response> => {
    const { server, operatorToken } = line.sandbox.ready;
    const headers = { authorization: `Bearer ${operatorToken}`, "content-type": "application/json" };
    return fetch(
      server.url + path,
      body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers },
    );
  };
  const asks = async (path: string, body: object = {}): Promise<void> => {
    const { calls } = (await (await operator("/api/calls")).json()) as CallsAnswer;
    expect((await operator(`/api/calls/${calls[0]?.id}/transfer${path}`, body)).status).toBe(200);
  };

  const IN_PRIVATE = ["customer hears nobody", "agent1 hears agent2", "agent2 hears agent1"];

  beforeAll(async () => {
    ({ line, customer, agent1, agent2, everybody } = await gatherThree());
  });
  afterAll(() => line?.close());

  it("puts the customer on hold: neither agent is heard, nor the customer by them", async () => {
    await button(customer, "Call").click();
    await button(agent1, "Answer").click();
    await expectToHear(everybody, ["customer hears agent1", "agent1 hears customer", "agent2 hears nobody"]);
    await asks("", { to: "agent2", mode: "consult", note: "Order 17" });
    await agent2.page.getByText("“Order 17”").waitFor();
    await expectToHear(everybody, ["customer hears nobody", "agent1 hears nobody", "agent2 hears nobody"]);
    await button(agent2, "Answer").click();
    await expectToHear(everybody, IN_PRIVATE);
    await agent1.page.getByText("You are talking to Agent 2. The customer hears music.").waitFor();
  });

  it("swaps agent2 for the customer, and back", async () => {
    await asks("/swap");
    await expectToHear(everybody, ["customer hears agent1", "agent1 hears customer", "agent2 hears nobody"]);
    await asks("/swap");
    await expectToHear(everybody, IN_PRIVATE);
  });

  it("leaves the customer with agent2 when it is complete", async () => {
    await asks("/complete");
    await expectToHear(everybody, ["customer hears agent2", "agent1 hears nobody", "agent2 hears customer"]);
  });

  it("left the machine alone and the consoles empty", () => expectNoComplaints(everybody));
});
