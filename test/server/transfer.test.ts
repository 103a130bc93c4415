import { describe, expect, it } from "vitest";
import { readyAgent } from "./support/browser.ts";
import { CUSTOMER, NUMBER, aServerWithTwilio } from "./support/start-server.ts";

describe("a warm transfer over HTTP", () => {
  it("leaves the customer with agent2 when agent1 has brought agent2 in and hung up", async () => {
    const { server, twilio } = await aServerWithTwilio();
    const one = await readyAgent(server, "agent1");
    const two = await readyAgent(server, "agent2");
    const answers = { habit: { kind: "answers", afterMs: 0 } } as const;
    const ann = twilio.people.add("client:agent1", answers);
    const bob = twilio.people.add("client:agent2", answers);
    const customer = twilio.people.add(CUSTOMER);

    const call = await customer.call(NUMBER);
    await one.page.until((view) => view.state === "in-call");
    expect(customer.captions[0]).toMatch(/^Thank you for calling/);

    const started = await one.browser.post(`/api/calls/${call}/transfer`, { to: "agent2" });
    expect(started.status).toBe(200);
    await one.page.until((view) => view.call?.transfer?.phase === "together");
    expect((await one.browser.post(`/api/calls/${call}/leave`)).status).toBe(200);
    ann.hangUp();

    const after = await two.page.until((view) => view.call?.transfer?.outcome === "completed");
    expect(after.call?.legs.map(({ name }) => name)).toEqual([CUSTOMER, "Bob"]);
    expect(customer.state).toBe("talking");
    expect((await two.browser.post(`/api/calls/${call}/end`)).status).toBe(200);
    bob.hangUp();
    await two.page.until((view) => view.call?.state === "ended" && view.state === "free");
    await customer.until("idle");
    expect(customer.captions.at(-1)).toBe("Thank you for calling. Goodbye.");
    expect(twilio.deliveries.filter((delivery) => delivery.error !== null)).toEqual([]);
    expect(server.errors).toEqual([]);
  });
});
