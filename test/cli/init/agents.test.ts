import { describe, expect, it } from "vitest";
import { idOf, readAgents, writeAgents } from "../../../src/cli/commands/init/agents.ts";

describe("agents", () => {
  it.each([
    ["Anna Berg", "anna_berg"],
    ["José Núñez", "jose_nunez"],
    ["  O'Neil  ", "o_neil"],
    ["山田", "agent3"],
  ])("with the names %s get the ids %s", (name, id) => expect(idOf(name, 2)).toBe(id));

  it("are entered as names at the prompt, and as ids on the command line", () => {
    expect(readAgents("Anna, Ben", "names")).toEqual({
      agents: [
        { id: "anna", name: "Anna" },
        { id: "ben", name: "Ben" },
      ],
    });
    expect(readAgents("Anna,agent2", "ids")).toEqual({
      agents: [
        { id: "Anna", name: "Anna" },
        { id: "agent2", name: "Agent 2" },
      ],
    });
  });

  it.each([
    ["", "At least one"],
    [" , ", "At least one"],
    ["a-b:Ann", "cannot be an agent's id"],
    ["Anna,anna", "Two agents have the id anna"],
    [`a:${"x".repeat(101)}`, "longer than 100"],
  ])("are refused: %j", (text, sentence) => {
    expect(readAgents(text, "names")).toEqual({ mistake: expect.stringContaining(sentence) });
  });

  it("are written in a form that init reads again", () => {
    const agents = [
      { id: "anna_berg", name: "Anna Berg" },
      { id: "agent2", name: "Agent 2" },
      { id: "agent3", name: "山田" },
    ];
    expect(writeAgents(agents)).toBe("Anna Berg, agent2:Agent 2, 山田");
    expect(readAgents(writeAgents(agents), "names")).toEqual({ agents });
  });
});
