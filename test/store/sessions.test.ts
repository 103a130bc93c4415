import { Keyv } from "keyv";
import { describe, expect, it } from "vitest";
import type { AgentId } from "../../src/call/types.ts";
import { createSessionStore } from "../../src/store/sessions.ts";

const AGENT1 = "agent1" as AgentId;
const AGENT2 = "agent2" as AgentId;
const HOUR = 3_600_000;

describe("a session", () => {
  it("finds its agent by an id that nobody can guess", async () => {
    const sessions = createSessionStore();
    const [first, second] = [await sessions.create(AGENT1, HOUR), await sessions.create(AGENT1, HOUR)];
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(second).not.toBe(first);
    expect(await sessions.find(first)).toBe(AGENT1);
    expect(await sessions.find(`${first}x`)).toBeUndefined();
  });

  it("is over when its time has come", async () => {
    let now = Date.now();
    const sessions = createSessionStore(undefined, () => now);
    const id = await sessions.create(AGENT1, HOUR);
    now += HOUR - 1;
    expect(await sessions.find(id)).toBe(AGENT1);
    now += 1;
    expect(await sessions.find(id)).toBeUndefined();
  });

  it("ends alone by signing out, with all others of the agent by signing out everywhere", async () => {
    const sessions = createSessionStore();
    const ids = await Promise.all(
      [AGENT1, AGENT1, AGENT1, AGENT2].map((agent) => sessions.create(agent, HOUR)),
    );
    const found = (): Promise<unknown[]> => Promise.all(ids.map((id) => sessions.find(id)));
    await sessions.end(ids[0] ?? "");
    expect(await found()).toEqual([undefined, AGENT1, AGENT1, AGENT2]);
    await sessions.endAll(AGENT1, 1000);
    expect(await found()).toEqual([undefined, undefined, undefined, AGENT2]);
  });

  it("cannot be taken over by reading the store", async () => {
    const shelf = new Map<string, unknown>();
    const sessions = createSessionStore(
      new Keyv({ store: shelf, namespace: "sessions", throwOnErrors: true }),
    );
    const id = await sessions.create(AGENT1, HOUR);
    expect(JSON.stringify([...shelf])).not.toContain(id);
  });
});
