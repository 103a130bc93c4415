import type { Keyv } from "keyv";
import { describe, expect, it } from "vitest";
import type { AgentId } from "../../src/call/types.ts";
import { memoryKeyv } from "../../src/store/call-store.ts";
import { createSessionStore } from "../../src/store/agents.ts";

const AGENT1 = "agent1" as AgentId;
const AGENT2 = "agent2" as AgentId;
const HOUR = 3_600_000;

/** A Keyv that counts accesses to its store. */
function counted(
  name: string,
  now?: () => number,
): { keyv: Keyv; accesses: () => number; rows: () => number } {
  const keyv = memoryKeyv(name, now);
  let accesses = 0;
  const store = keyv.store as Record<"get" | "set" | "delete", (...given: unknown[]) => unknown> & {
    iterator: () => Iterable<unknown>;
  };
  for (const method of ["get", "set", "delete"] as const) {
    const original = store[method];
    store[method] = (...given) => {
      accesses += 1;
      return original(...given);
    };
  }
  return { keyv, accesses: () => accesses, rows: () => [...store.iterator()].length };
}

describe("a session", () => {
  it("is found by an id that cannot be guessed", async () => {
    const sessions = createSessionStore();
    const [first, second] = [await sessions.create(AGENT1, HOUR), await sessions.create(AGENT1, HOUR)];
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(second).not.toBe(first);
    expect((await sessions.find(first))?.agent).toBe(AGENT1);
    expect(await sessions.find(`${first}x`)).toBeUndefined();
  });

  it("expires", async () => {
    let now = Date.now();
    const sessions = createSessionStore(undefined, () => now);
    const id = await sessions.create(AGENT1, HOUR);
    now += HOUR - 1;
    expect((await sessions.find(id))?.agent).toBe(AGENT1);
    now += 1;
    expect(await sessions.find(id)).toBeUndefined();
  });

  it("ends when the agent signs out there or everywhere", async () => {
    const sessions = createSessionStore();
    const ids = await Promise.all(
      [AGENT1, AGENT1, AGENT1, AGENT2].map((agent) => sessions.create(agent, HOUR)),
    );
    const found = (): Promise<unknown[]> =>
      Promise.all(ids.map(async (id) => (await sessions.find(id))?.agent));
    await sessions.end(ids[0] ?? "");
    expect(await found()).toEqual([undefined, AGENT1, AGENT1, AGENT2]);
    await sessions.endAll(AGENT1);
    expect(await found()).toEqual([undefined, undefined, undefined, AGENT2]);
    const later = await sessions.create(AGENT1, HOUR);
    expect((await sessions.find(later))?.agent).toBe(AGENT1);
  });

  it("ends when its agent is removed, also when the id is added again", async () => {
    const sessions = createSessionStore();
    const [one, two] = [await sessions.create(AGENT1, HOUR), await sessions.create(AGENT2, HOUR)];
    await sessions.endOthers([AGENT1, AGENT2]);
    const found = async (): Promise<unknown[]> => [
      (await sessions.find(one))?.agent,
      (await sessions.find(two))?.agent,
    ];
    expect(await found()).toEqual([AGENT1, AGENT2]);
    await sessions.endOthers([AGENT1]);
    await sessions.endOthers([AGENT1, AGENT2]);
    expect(await found()).toEqual([AGENT1, undefined]);
  });

  it("cannot be taken over with the contents of the store", async () => {
    const [kept, generations] = [memoryKeyv("sessions"), memoryKeyv("generations")];
    const sessions = createSessionStore({ sessions: kept, generations });
    const id = await sessions.create(AGENT1, HOUR);
    const rows: unknown[] = [];
    for await (const row of kept.iterator?.(undefined) ?? []) rows.push(row);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(id);
  });
});

describe("a generation", () => {
  it("is empty for an id that was never removed, and new after each removal", async () => {
    const sessions = createSessionStore();
    const seen = [await sessions.generationOf(AGENT1)];
    for (let n = 0; n < 2; n++) {
      await sessions.endAll(AGENT1);
      seen.push(await sessions.generationOf(AGENT1));
    }
    expect(seen).toEqual([
      "",
      expect.stringMatching(/^[0-9a-f]{8}$/),
      expect.stringMatching(/^[0-9a-f]{8}$/),
    ]);
    expect(new Set(seen).size).toBe(3);
    expect(await sessions.generationOf(AGENT2)).toBe("");
  });
});

describe("the cost of a sign-in", () => {
  it("is equal for 10 sessions and for 1,000", async () => {
    const [kept, generations] = [counted("sessions"), counted("generations")];
    const sessions = createSessionStore({ sessions: kept.keyv, generations: generations.keyv });
    const accesses = (): number => kept.accesses() + generations.accesses();
    const costAfter = async (count: number): Promise<number[]> => {
      while (kept.rows() < count) await sessions.create(AGENT1, HOUR);
      const before = accesses();
      const id = await sessions.create(AGENT1, HOUR);
      const created = accesses();
      await sessions.find(id);
      const found = accesses();
      await sessions.end(id);
      return [created - before, found - created, accesses() - found];
    };
    const few = await costAfter(10);
    expect(few).toEqual([2, 2, 1]);
    expect(await costAfter(1_000)).toEqual(few);
    const before = accesses();
    await sessions.endAll(AGENT1);
    expect(accesses() - before).toBe(1);
  });

  it("does not grow the store: expired sessions are deleted", async () => {
    let now = Date.now();
    const time = (): number => now;
    const kept = memoryKeyv("sessions", time);
    const sessions = createSessionStore({ sessions: kept, generations: memoryKeyv("generations") }, time);
    const live = async (): Promise<number> => {
      // The clock is set back, so that expired rows would be shown if they were still there.
      const at = now;
      now = 0;
      const rows = [...(kept.store as { iterator: () => Iterable<unknown> }).iterator()].length;
      now = at;
      return rows;
    };
    for (let n = 0; n < 999; n++) await sessions.create(AGENT1, HOUR);
    now += HOUR;
    expect(await live()).toBe(999);
    await sessions.create(AGENT1, HOUR);
    expect(await live()).toBe(1);
  });
});
