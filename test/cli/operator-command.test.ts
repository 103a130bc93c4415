import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { type World, startWorld } from "../support/world/start-world.ts";
import type { Loose } from "./support/operator-world.ts";
import { runCli, startCli } from "./support/run-cli.ts";
import { SLOW } from "./support/slow.ts";
import { KEYS, type Terminal, atTerminal } from "./support/terminal.ts";

/** Two waiting customers, and an operator who types in a folder of this server. */
async function twoCustomers() {
  const world: Loose<World> = await startWorld(["agent1", "agent2", "agent3"]);
  await world.customerRings("+15550111111");
  await world.customerRings("+15550122222");
  const options = { cwd: temporaryFolder(), env: { OPERATOR_TOKEN: world.operatorToken } };
  const at = ["--server", world.server.url];
  return {
    ...world,
    type: (...words: string[]) => runCli([...words, ...at], options),
    start: (...words: string[]) => startCli([...words, ...at], options),
    atTerminal: (...words: string[]): Terminal => {
      const terminal = atTerminal([...words, ...at], options);
      onTestFinished(() => terminal.kill());
      return terminal;
    },
    ids: async () => (await world.server.calls()).map(({ id }) => id),
  };
}

describe("an operator's command", SLOW, () => {
  it("prints data on stdout and exits with the outcome's code", async () => {
    const { type, ids } = await twoCustomers();
    const [first] = await ids();
    const list = await type("conferences", "list", "--json");
    expect(list).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(list.stdout)).toMatchObject({ calls: [{ id: first }, { state: "waiting" }] });
    expect(await type("conferences", "show")).toMatchObject({ code: 2, stdout: "" });
    expect(await type("conferences", "show", "000000")).toMatchObject({ code: 3, stdout: "" });
    expect(await type("transfer", "start", first!, "--to", "agent2")).toMatchObject({ code: 3, stdout: "" });
  });

  it("fails where no server answers", async () => {
    const options = { env: { OPERATOR_TOKEN: "0123456789abcdef" }, cwd: temporaryFolder() };
    const typed = await runCli(["agents", "list", "--server", "http://localhost:1"], options);
    expect(typed).toMatchObject({ code: 5, stdout: "" });
  });

  it("watches until Ctrl-C, which is not a failure", async () => {
    const { start } = await twoCustomers();
    const watching = await start("conferences", "watch", "--json");
    expect(watching.ready).toMatchObject({ event: "snapshot", calls: [{}, {}] });
    expect(await watching.end("SIGINT")).toBe(0);
  });
});

describe("at a terminal", SLOW, () => {
  it("the operator chooses a call from a list with masked numbers", async () => {
    const { atTerminal, ids } = await twoCustomers();
    const [first, second] = await ids();
    const terminal = atTerminal("conferences", "show");
    await terminal.sees("Which call?");
    expect(terminal.screen()).toContain(`${first!.slice(-6)}  +155…11  waiting  customer`);
    terminal.type(KEYS.down + KEYS.enter);
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen()).toContain(`Call        ${second}`);
    expect(terminal.screen()).not.toMatch(/\+\d{6,}/);
  });

  it("Ctrl-C at a prompt changes nothing: exit 130", async () => {
    const { atTerminal, ids } = await twoCustomers();
    const terminal = atTerminal("conferences", "end");
    await terminal.answers("Which call?", KEYS.interrupt);
    expect(await terminal.ended).toBe(130);
    expect(await ids()).toHaveLength(2);
  });

  it("conferences end prompts for a confirmation; Return alone means no: exit 1", async () => {
    const { atTerminal, ids } = await twoCustomers();
    const [first] = await ids();
    const terminal = atTerminal("conferences", "end", first!);
    await terminal.answers(`End the call ${first!.slice(-6)} of +155…11?`, KEYS.enter);
    expect(await terminal.ended).toBe(1);
    expect(terminal.screen()).toContain("Nothing was changed.");
    expect(await ids()).toHaveLength(2);
  });

  it("the answer yes ends the call", async () => {
    const { atTerminal, ids, settle } = await twoCustomers();
    const [first, second] = await ids();
    const terminal = atTerminal("conferences", "end", first!);
    await terminal.answers("This hangs up on everyone.", `y${KEYS.enter}`);
    expect(await terminal.ended).toBe(0);
    await settle();
    expect(await ids()).toEqual([second]);
  });

  it("transfer start prompts for each missing value", async () => {
    const { atTerminal, agent, settle, events } = await twoCustomers();
    for (const id of ["agent1", "agent2"]) await (await agent(id)).answers();
    await agent("agent3");
    await settle();
    const terminal = atTerminal("transfer", "start");
    await terminal.answers("Which call?", KEYS.enter);
    expect(await terminal.ended).toBe(0);
    await settle();
    expect(events()).toContain("transfer-started agent3");
  });

  it("a command with --no-input does not prompt", async () => {
    const { atTerminal } = await twoCustomers();
    const terminal = atTerminal("conferences", "show", "--no-input");
    expect(await terminal.ended).toBe(2);
    expect(terminal.screen()).toContain("Several calls match.");
  });
});
