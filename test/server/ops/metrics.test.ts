import { describe, expect, it } from "vitest";
import { createBoundedLabel } from "../../../src/server/ops/signals.ts";
import { asks, refused } from "../../support/world/fates.ts";
import { deliveredCallbacks, repeatCallbacks } from "../../support/world/repeat-callbacks.ts";
import { talkingWithGate } from "../../support/world/rest-faults.ts";
import { type World, startWorld } from "../../support/world/start-world.ts";
import { aServer } from "../support/start-server.ts";
import { inbound, webhook } from "../support/webhooks.ts";

async function metricsOf({ localUrl }: { localUrl: string }) {
  const text = await (await fetch(`${localUrl}/metrics`)).text();
  const lines = text.split("\n");
  return {
    text,
    /** A figure by its name and labels as they are written. */
    of: (name: string): number =>
      Number(lines.find((line) => line.startsWith(`${name} `))?.slice(name.length)),
    some: (name: string): string[] => lines.filter((line) => line.startsWith(name)),
  };
}

const transfers = (mode: string, outcome: string, reason = "none"): string =>
  `warm_transfer_transfers_total{mode="${mode}",outcome="${outcome}",reason="${reason}"}`;
const phase = (mode: string, name: string): string =>
  `warm_transfer_transfer_phase_seconds_sum{mode="${mode}",phase="${name}"}`;

/** agent1 talks, tries agent2, who declines, then brings agent2 in and leaves; the customer hangs up. */
async function twoTransfers(): Promise<World> {
  const world = await startWorld();
  const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
  const customer = await world.customerRings();
  await world.clock.advance(3_000);
  await agent1.answers();
  await agent1.transfersTo("agent2");
  await agent2.declines();
  await world.settle();
  await agent1.transfersTo("agent2");
  await agent2.answers();
  await agent1.hangsUp();
  customer.hangUp();
  await world.settle();
  return world;
}

describe("the metrics of a story", () => {
  it("count each call and each transfer once, despite repeated callbacks", async () => {
    const world = await twoTransfers();
    await repeatCallbacks(deliveredCallbacks(world.emulator));
    await world.settle();
    const figures = await metricsOf(world.server);
    expect(figures.of(transfers("three-way", "completed"))).toBe(1);
    expect(figures.of(transfers("three-way", "failed", "declined"))).toBe(1);
    expect(figures.of(transfers("consult", "completed"))).toBe(0);
    expect(figures.of('warm_transfer_calls_ended_total{by="customer"}')).toBe(1);
    expect(figures.of('warm_transfer_calls_ended_total{by="agent"}')).toBe(0);
    expect(figures.of("warm_transfer_calls_live")).toBe(0);
  });

  it("measure the customer's wait for the first agent", async () => {
    const figures = await metricsOf((await twoTransfers()).server);
    expect(figures.of("warm_transfer_answer_seconds_count")).toBe(1);
    // Twilio tells whole seconds.
    expect(Math.abs(figures.of("warm_transfer_answer_seconds_sum") - 3)).toBeLessThan(1);
    expect(figures.of('warm_transfer_answer_seconds_bucket{le="1"}')).toBe(0);
  });

  it("measure the phases of a transfer, and count a target who leaves as a failure", async () => {
    const world = await startWorld(["agent1", "agent2"]);
    // Twilio's times are whole seconds.
    await world.clock.advance(1000 - (world.clock.now() % 1000));
    const [agent1, agent2] = [await world.agent("agent1"), await world.agent("agent2")];
    await world.customerRings();
    await agent1.answers();
    const [call] = await world.server.calls();
    await world.operator(`/api/calls/${call?.id}/transfer`, { to: "agent2", mode: "consult" });
    await world.clock.advance(5_000);
    await agent2.answers();
    await world.clock.advance(40_000);
    await agent2.hangsUp();
    const figures = await metricsOf(world.server);
    expect(figures.of(transfers("consult", "failed", "target-left"))).toBe(1);
    expect(figures.of(transfers("consult", "completed"))).toBe(0);
    expect(figures.of(phase("consult", "ringing"))).toBe(5);
    expect(figures.of(phase("consult", "consulting"))).toBe(40);
    expect(figures.some(phase("consult", "together"))).toEqual([]);
  });

  it("hold no number, no SID and no name", async () => {
    const { text } = await metricsOf((await twoTransfers()).server);
    expect(text).not.toMatch(/[A-Z]{2}[0-9a-f]{32}|\+\d{6}|agent1|agent2/);
  });

  it("show live calls, and agents by state", async () => {
    const world = await startWorld(["agent1", "agent2", "agent3"]);
    await world.agent("agent1");
    await world.agent("agent2");
    await world.customerRings();
    const figures = await metricsOf(world.server);
    expect(figures.of("warm_transfer_calls_live")).toBe(1);
    expect(figures.some("warm_transfer_agents{")).toEqual([
      'warm_transfer_agents{state="signed-out"} 1',
      'warm_transfer_agents{state="not-ready"} 0',
      'warm_transfer_agents{state="not-answering"} 0',
      'warm_transfer_agents{state="free"} 1',
      'warm_transfer_agents{state="busy"} 1',
    ]);
  });

  it("count Twilio's refusals by operation and code", async () => {
    const { rest, world, agent1 } = await talkingWithGate();
    rest.stop(asks.dial("agent2"), refused(500, 20500));
    await agent1.transfersTo("agent2");
    await world.settle();
    const figures = await metricsOf(world.server);
    expect(figures.of('warm_transfer_twilio_requests_total{operation="POST Calls",code="ok"}')).toBe(1);
    expect(figures.of('warm_transfer_twilio_requests_total{operation="POST Calls",code="20500"}')).toBe(1);
    expect(figures.of('warm_transfer_twilio_request_seconds_count{operation="POST Calls"}')).toBe(2);
  });
});

describe("the metrics of a server", () => {
  it("measure webhook responses", async () => {
    const server = await aServer();
    await webhook(server, "/conference/connect/client", inbound(server));
    await webhook(server, "/conference/wait", inbound(server));
    await webhook(server, "/conference/wait", inbound(server), { headers: { "X-Twilio-Signature": "no" } });
    const figures = await metricsOf(server);
    const count = (route: string, status: number) =>
      figures.of(`warm_transfer_webhook_seconds_count{route="${route}",status="${status}"}`);
    expect([count("customer", 200), count("wait", 200), count("wait", 403)]).toEqual([1, 1, 1]);
  });

  it("are separate for each server in one process", async () => {
    const [one, other] = [await aServer(), await aServer()];
    await webhook(one, "/conference/connect/client", inbound(one));
    expect((await metricsOf(one)).of("warm_transfer_calls_live")).toBe(1);
    expect((await metricsOf(other)).of("warm_transfer_calls_live")).toBe(0);
    expect((await metricsOf(other)).some("warm_transfer_webhook_seconds_count")).toEqual([]);
  });

  it("have a bounded number of labels, whatever Twilio or a proxy answers", () => {
    const label = createBoundedLabel();
    const labels = Array.from({ length: 1000 }, (_, code) => label(`${code}`));
    expect(new Set(labels).size).toBe(41);
    expect([label("0"), label("1001")]).toEqual(["0", "other"]);
  });
});
