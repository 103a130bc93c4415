import { beforeEach, describe, expect, it } from "vitest";
import { manualClock } from "local-twilio";
import type { AgentId } from "../../src/call/types.ts";
import { type Agent, type AgentDirectory, createAgentDirectory } from "../../src/store/agents.ts";
import { type Presence, createPresence } from "../../src/presence/presence.ts";

const agent = (id: string, name: string): Agent => ({ id: id as AgentId, name });
const [ANN, BOB, CLEO] = [agent("agent1", "Ann"), agent("agent2", "Bob"), agent("agent3", "Cleo")];

let presence: Presence;
let saved: (readonly Agent[])[];
let agents: AgentDirectory;
beforeEach(() => {
  presence = createPresence([ANN.id, BOB.id], manualClock());
  saved = [];
  agents = createAgentDirectory([ANN, BOB], { presence, save: async (list) => void saved.push(list) });
});

describe("the list of agents", () => {
  it("grows and shrinks, is saved each time, and presence follows", async () => {
    await agents.add(CLEO);
    await agents.remove(ANN.id);
    expect(agents.list()).toEqual([BOB, CLEO]);
    expect(saved).toEqual([
      [ANN, BOB, CLEO],
      [BOB, CLEO],
    ]);
    expect(presence.all()).toEqual([BOB.id, CLEO.id]);
  });

  it("refuses a taken id, and does not save it", async () => {
    await expect(agents.add(agent("agent1", "Another"))).rejects.toMatchObject({
      category: "conflict",
      code: "agent-exists",
      hint: expect.stringContaining("remove agent1"),
    });
    expect([saved, agents.nameOf("agent1")]).toEqual([[], "Ann"]);
  });

  it("refuses to remove an unknown agent", async () => {
    await expect(agents.remove(CLEO.id)).rejects.toMatchObject({ category: "not-found" });
    expect(saved).toEqual([]);
  });

  it("changes once for two equal concurrent requests", async () => {
    const added = await Promise.allSettled([agents.add(CLEO), agents.add(CLEO)]);
    expect(added.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    const removed = await Promise.allSettled([agents.remove(CLEO.id), agents.remove(CLEO.id)]);
    expect(removed.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(saved).toHaveLength(2);
  });

  it("stays as it was when it cannot be saved, and can be changed later", async () => {
    let isFull = true;
    const save = async (): Promise<void> => {
      if (isFull) throw new Error("the disk is full");
    };
    agents = createAgentDirectory([ANN, BOB], { presence, save });
    await expect(agents.add(CLEO)).rejects.toThrow("the disk is full");
    await expect(agents.remove(ANN.id)).rejects.toThrow("the disk is full");
    expect([agents.list(), presence.all(), agents.nameOf("agent3")]).toEqual([
      [ANN, BOB],
      [ANN.id, BOB.id],
      "agent3",
    ]);
    isFull = false;
    await agents.add(CLEO);
    expect(agents.list()).toEqual([ANN, BOB, CLEO]);
  });
});

describe("an agent's name", () => {
  it("stays in stories after the agent was removed, and is the id for an unknown agent", async () => {
    await agents.remove(BOB.id);
    expect([agents.nameOf("agent2"), agents.nameOf("nobody")]).toEqual(["Bob", "nobody"]);
  });
});
