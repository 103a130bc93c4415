import { describe, expect, it } from "vitest";
import { type OperatorWorld, anOperatorWorld } from "../support/operator-world.ts";

/** In an order in which each of them can be done. */
const DONE: string[][] = [
  ["agents", "list"],
  ["agents", "add", "chika"],
  ["agents", "link", "chika"],
  ["agents", "remove", "chika", "--yes"],
  ["conferences", "list"],
  ["conferences", "show"],
  ["participants", "list"],
  ["participants", "hold", "customer"],
  ["participants", "unhold", "customer"],
  ["participants", "mute", "agent1"],
  ["participants", "unmute", "agent1"],
  ["transfer", "start", "--to", "agent2"],
  ["transfer", "cancel"],
  ["conferences", "end", "--yes"],
  ["history"],
];

const REFUSED: [number, string[]][] = [
  [2, ["agents", "add"]],
  [3, ["agents", "add", "agent1"]],
  [3, ["agents", "link", "nobody"]],
  [2, ["agents", "remove", "agent2"]],
  [3, ["agents", "remove", "nobody", "--yes"]],
  [3, ["conferences", "show", "000000"]],
  [3, ["conferences", "watch", "000000"]],
  [2, ["conferences", "end"]],
  [3, ["conferences", "end", "000000", "--yes"]],
  [3, ["participants", "list", "000000"]],
  [3, ["participants", "hold", "nobody"]],
  [3, ["participants", "unhold", "agent2"]],
  [2, ["participants", "mute"]],
  [3, ["participants", "unmute", "nobody"]],
  [3, ["participants", "remove", "nobody"]],
  [3, ["transfer", "start", "--to", "nobody"]],
  [3, ["transfer", "complete"]],
  [3, ["transfer", "cancel"]],
  [2, ["history", "--since", "tomorrow"]],
  [2, ["agents", "list", "--timeout", "soon"]],
  [2, ["conferences", "list", "--server", "nowhere"]],
];

/** One customer talks to agent1; agent2 is free. */
async function talking(): Promise<OperatorWorld> {
  const world = await anOperatorWorld();
  const [agent1] = await world.agents("agent1", "agent2");
  await world.talk(agent1!);
  return world;
}

describe("with --json, each of an operator's commands", () => {
  it("prints one document and nothing else", async () => {
    const { desk, settle } = await talking();
    for (const words of DONE) {
      const { code, stdout, stderr, json } = await desk.type(...words, "--json");
      expect([words, code, stderr]).toEqual([words, 0, ""]);
      expect([words, stdout.trimEnd().split("\n").length]).toEqual([words, 1]);
      expect(Object.keys(json)).not.toEqual([]);
      await settle();
    }
  });
});

describe("with --json, a refusal of an operator's command", () => {
  it("is one object on stderr, with its exit code", async () => {
    const { desk } = await talking();
    for (const [refused, words] of REFUSED) {
      const { code, stdout, stderr } = await desk.type(...words, "--json");
      expect([words, code, stdout]).toEqual([words, refused, ""]);
      const { error } = JSON.parse(stderr) as { error: Record<string, unknown> };
      expect([words, Object.keys(error)]).toEqual([words, ["category", "message", "hint", "docs"]]);
      expect([words, error.hint]).toEqual([words, expect.any(String)]);
    }
  });
});
