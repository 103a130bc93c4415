import { beforeEach, describe, expect, it } from "vitest";
import type { CallView } from "../../src/server/control-api.ts";
import type { HistoryAnswer } from "../../src/server/past-calls-api.ts";
import { json, operatorOf, refusalOf } from "./support/operator.ts";
import { CUSTOMER, aServer } from "./support/start-server.ts";
import { type TalkingWorld, customerTalks } from "./support/talking.ts";

let world: TalkingWorld;
beforeEach(async () => {
  world = await customerTalks();
});

const post = (rest: string, body?: unknown): Promise<Response> => world.operator.post(world.path(rest), body);

describe("a participant", () => {
  const change = async (label: string, change: string): Promise<CallView> =>
    json<CallView>(post(`/participants/${label}/${change}`));
  const leg = ({ legs }: CallView, label: string) => legs.find((each) => each.label === label);

  it.each([
    ["mute", "unmute", "muted"],
    ["hold", "unhold", "onHold"],
  ] as const)(
    "changes after %s and changes back after %s; a repeated request changes nothing",
    async (there, back, property) => {
      for (const each of [there, there])
        expect(leg(await change("agent1-1", each), "agent1-1")?.[property]).toBe(true);
      for (const each of [back, back])
        expect(leg(await change("agent1-1", each), "agent1-1")?.[property]).toBe(false);
    },
  );

  it("is removed, and the customer stays with the other agent", async () => {
    await world.transferTo("agent2");
    await change("agent1-1", "remove");
    await world.one.page.until(({ state }) => state === "free");
    const { legs } = await json<CallView>(world.operator.get(world.path()));
    expect(legs.map(({ name }) => name)).toEqual([CUSTOMER, "Bob"]);
  });

  it.each([
    ["customer/remove", 409, "is-customer", "conferences end"],
    ["agent1-1/remove", 409, "last-agent", "transfer start"],
    ["agent9-1/mute", 404, "no-such-participant", "conferences show"],
    ["agent1-1/sing", 400, "usage", "control-api"],
  ])("is not changed by %s: %d %s", async (which, status, code, hint) => {
    expect(await refusalOf(post(`/participants/${which}`))).toEqual([
      status,
      code,
      expect.stringContaining(hint),
    ]);
  });

  it("a ringing agent cannot be muted", async () => {
    await post("/transfer", { to: "agent2" });
    expect(await refusalOf(post("/participants/agent2-1/mute"))).toEqual([
      409,
      "not-joined",
      expect.stringContaining("conferences show"),
    ]);
  });
});

describe("a refusal names the operator's next command:", () => {
  const start = (to: string) => () => post("/transfer", { to });
  it.each<[string, () => Promise<unknown>, () => Promise<Response>, string]>([
    ["no-such-call", async () => {}, () => world.operator.get("/api/calls/CA0"), "conferences list"],
    ["call-ended", () => post("/end"), start("agent2"), "history"],
    ["transfer-open", start("agent2"), start("agent3"), "transfer cancel"],
    ["no-transfer", async () => {}, () => post("/transfer/cancel"), "transfer start"],
    ["target-not-joined", start("agent2"), () => post("/transfer/complete"), "conferences watch"],
    [
      "no-consultation",
      () => world.transferTo("agent2"),
      () => post("/transfer/swap"),
      "transfer start --mode consult",
    ],
    ["target-unknown", async () => {}, start("nobody"), "agents list"],
    ["target-busy", async () => {}, start("agent1"), "agents list"],
    ["target-signed-out", async () => {}, start("agent3"), "agents link"],
  ])("%s", async (code, before, ask, hint) => {
    await before();
    const [, refusedWith, advice] = await refusalOf(ask());
    expect([refusedWith, advice]).toEqual([code, expect.stringContaining(`warm-transfer ${hint}`)]);
  });

  it("or the agent's next step on the page", async () => {
    const refusal = await refusalOf(world.one.browser.post(world.path("/transfer"), { to: "agent3" }));
    expect(refusal).toEqual([409, "target-signed-out", "Choose a colleague who is free."]);
  });
});

describe("an agent who is in the call", () => {
  it.each(["/participants/agent1-1/mute", "/participants/customer/hold"])(
    "may not do what only operators may: %s",
    async (rest) => {
      const refusal = await refusalOf(world.one.browser.post(world.path(rest)));
      expect(refusal).toEqual([403, "forbidden", expect.stringMatching(/operator/)]);
    },
  );
});

describe("the history", () => {
  const history = async (query = ""): Promise<HistoryAnswer["calls"]> =>
    (await json<HistoryAnswer>(world.operator.get(`/api/history${query}`))).calls;

  it("lists ended calls with their agents and transfers", async () => {
    expect(await history()).toEqual([]);
    await world.transferTo("agent2");
    await post("/transfer/complete");
    await world.one.page.until(({ state }) => state === "free");
    world.customer.hangUp();
    await world.two.page.until(({ state }) => state === "free");
    const [call, ...others] = await history();
    expect(others).toEqual([]);
    expect(call).toMatchObject({
      id: world.call,
      customerNumber: CUSTOMER,
      endedBy: "customer",
      agents: ["Ann", "Bob"],
      transfers: [{ fromName: "Ann", toName: "Bob", outcome: "completed", reason: null }],
    });
    expect(await history(`?since=${call?.endedAt}`)).toHaveLength(1);
    expect(await history(`?since=${(call?.endedAt ?? 0) + 1}`)).toEqual([]);
  });

  it("finds an ended call again by its id, with its story", async () => {
    await post("/end");
    expect(await json(world.operator.get(world.path()))).toMatchObject({ id: world.call, state: "ended" });
  });

  it.each(["?since=yesterday", "?since=-1", "?since=1&since=2", "?until=1"])(
    "does not take %s",
    async (query) => {
      expect(await refusalOf(world.operator.get(`/api/history${query}`))).toEqual([
        400,
        "usage",
        expect.stringMatching(/\w/),
      ]);
    },
  );
});

describe("the server", () => {
  it("identifies itself", async () => {
    const server = await aServer({ publicUrl: "https://calls.example.com" });
    const info = await operatorOf(server).get("/api/server");
    expect(await info.json()).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      instance: server.instance,
      startedAt: expect.any(Number),
      publicUrl: "https://calls.example.com",
      refusedSignatures: null,
      number: server.config.number,
    });
  });
});
