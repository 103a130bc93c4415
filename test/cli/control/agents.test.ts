import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freePort } from "../../support/world/free-port.ts";
import { aDesk } from "../support/desk.ts";
import { anOperatorWorld } from "../support/operator-world.ts";

describe("agents list", () => {
  it("shows each agent's state, and the call of an agent who is in one", async () => {
    const { desk, agents, talk, customerRings, calls } = await anOperatorWorld(
      "anna",
      "ben",
      "chika",
      "dora",
    );
    const [anna] = await agents("anna", "ben", "chika");
    await talk(anna!);
    await customerRings("+15550122222");
    const [first, second] = await calls();
    const { code, stdout } = await desk.type("agents", "list");
    expect(code).toBe(0);
    expect(stdout.split("\n").map((line) => line.split(/ {2,}/))).toEqual([
      ["AGENT", "NAME", "STATE", "CALL"],
      ["anna", "anna", "in a call", first!.slice(-6)],
      ["ben", "ben", "ringing", second!.slice(-6)],
      ["chika", "chika", "free"],
      ["dora", "dora", "signed out"],
      [""],
    ]);
    expect((await desk.type("agents", "list", "--json")).json).toMatchObject({
      agents: [
        { id: "anna", name: "anna", state: "in-call", call: first },
        { id: "ben", state: "ringing", call: second },
        { id: "chika", state: "free", call: null },
        { id: "dora", state: "signed-out", call: null },
      ],
    });
  });
});

describe("agents add, link, remove", () => {
  it("sign an agent in and out", async () => {
    const { desk, server } = await anOperatorWorld();
    const added = await desk.type("agents", "add", "chika", "--name", "Chika Abe", "--json");
    expect(added).toMatchObject({ code: 0, json: { agent: "chika", change: "added", in: "server" } });
    const { stdout, stderr, code } = await desk.type("agents", "link", "chika");
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Signs chika in until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\n$/);
    const signedIn = await fetch(stdout.trimEnd(), { redirect: "manual" });
    const cookie = signedIn.headers.getSetCookie()[0]!.split(";")[0]!;
    const me = () => fetch(`${server.url}/api/me`, { headers: { cookie } });
    expect(await (await me()).json()).toMatchObject({ agent: { id: "chika", name: "Chika Abe" } });

    expect(await desk.type("agents", "remove", "chika")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Pass --yes") as string,
    });
    const removed = await desk.type("agents", "remove", "chika", "--yes", "--json");
    expect(removed).toMatchObject({ code: 0, json: { agent: "chika", change: "removed", in: "server" } });
    expect((await me()).status).toBe(401);
  });

  it("print the link and its expiry time with --json", async () => {
    const { desk } = await anOperatorWorld();
    const { json } = await desk.type("agents", "link", "agent1", "--json");
    expect(Object.keys(json)).toEqual(["agent", "link", "expiresAt"]);
  });

  it.each([
    [["add", "agent1"], 3, 'An agent already has the id "agent1".'],
    [["add", "a-b"], 2, "An agent's id is 1 to 121 letters"],
    [["add"], 2, "Missing required argument 'id'."],
    [["link", "nobody"], 3, 'No agent has the id "nobody".'],
    [["remove", "nobody", "--yes"], 3, 'No agent has the id "nobody".'],
  ])("report the reason for a refusal: %j", async (words, code, sentence) => {
    const { desk } = await anOperatorWorld();
    const typed = await desk.type("agents", ...words);
    expect(typed).toMatchObject({ code, stdout: "" });
    expect(typed.stderr).toContain(sentence);
  });

  it("refuse to remove an agent in a call", async () => {
    const { desk, agents, talk } = await anOperatorWorld();
    const [agent1] = await agents("agent1");
    await talk(agent1!);
    const { code, stderr } = await desk.type("agents", "remove", "agent1", "--yes");
    expect(code).toBe(3);
    expect(stderr).toMatch(/in a call.*\nhint: /);
  });
});

describe("without a running server, warm-transfer.json", () => {
  async function quietDesk() {
    const desk = aDesk();
    const path = join(desk.cwd, "warm-transfer.json");
    const write = (file: object): void => writeFileSync(path, JSON.stringify(file));
    writeFileSync(join(desk.cwd, ".env"), `OPERATOR_TOKEN=0123456789abcdef\nPORT=${await freePort()}\n`);
    return { ...desk, write, read: () => JSON.parse(readFileSync(path, "utf8")) as unknown };
  }
  const ANNA = { id: "anna", name: "Anna" };

  it("gains and loses agents, and keeps its other settings", async () => {
    const { type, write, read } = await quietDesk();
    write({ language: "ja", agents: [ANNA] });
    expect(await type("agents", "add", "ben")).toMatchObject({
      code: 0,
      stdout: "No server is running. ben was added to warm-transfer.json.\n",
    });
    expect(read()).toEqual({ language: "ja", agents: [ANNA, { id: "ben", name: "Ben" }] });
    const { json } = await type("agents", "remove", "anna", "--yes", "--json");
    expect(json).toEqual({ agent: "anna", change: "removed", in: "warm-transfer.json" });
    expect(read()).toEqual({ language: "ja", agents: [{ id: "ben", name: "Ben" }] });
  });

  it.each([
    [["add", "anna"], 3, 'warm-transfer.json has an agent "anna" already.'],
    [["remove", "ben", "--yes"], 3, 'warm-transfer.json has no agent "ben".'],
    [["link", "anna"], 5, "No server is running at"],
  ])("stays unchanged after a refused change: %j", async (words, code, sentence) => {
    const { type, write, read } = await quietDesk();
    write({ agents: [ANNA] });
    const typed = await type("agents", ...words);
    expect(typed.code).toBe(code);
    expect(typed.stderr).toContain(`error: ${sentence}`);
    expect(read()).toEqual({ agents: [ANNA] });
  });

  it("stays unchanged with --server", async () => {
    const { type, write, read } = await quietDesk();
    write({ agents: [ANNA] });
    const server = `http://127.0.0.1:${await freePort()}`;
    expect(await type("agents", "add", "ben", "--server", server)).toMatchObject({ code: 5 });
    expect(read()).toEqual({ agents: [ANNA] });
  });

  it("is not created; a hint names init", async () => {
    const { type } = await quietDesk();
    expect(await type("agents", "add", "ben")).toMatchObject({ code: 5 });
  });
});
