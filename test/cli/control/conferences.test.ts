import { describe, expect, it } from "vitest";
import { anOperatorWorld } from "../support/operator-world.ts";

const WHOLE_NUMBER = /\+\d{6,}/;

describe("conferences list", () => {
  it("shows every live call, including one with a waiting customer", async () => {
    const { desk, agents, talk, customerRings, calls } = await anOperatorWorld("agent1");
    const [agent1] = await agents("agent1");
    await talk(agent1!, "+15550111111");
    await customerRings("+15550122222");
    const { code, stdout, stderr } = await desk.type("conferences", "list");
    const [first, second] = await calls();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [head, ...rows] = stdout.trimEnd().split("\n");
    expect(head).toMatch(/^CALL +CUSTOMER +STATE +SINCE +LASTS +WHO IS IN$/);
    expect(rows[0]).toMatch(
      new RegExp(`^${first!.slice(-6)} +\\+155…11 +talking +\\d\\d:\\d\\d:\\d\\d +\\d+:\\d\\d +customer`),
    );
    expect(rows[0]).toMatch(/customer \+ agent1$/);
    expect(rows[1]).toMatch(new RegExp(`^${second!.slice(-6)} +\\+155…22 +waiting .*customer$`));
  });

  it("counts times by the server's clock, not by this machine's", async () => {
    const { desk, customerRings, clock } = await anOperatorWorld();
    await customerRings();
    await clock.advance(65_000);
    expect((await desk.type("conferences", "list")).stdout).toMatch(/ waiting +\d\d:\d\d:\d\d +1:05 /);
    expect((await desk.type("conferences", "show")).stdout).toMatch(/\(1:05\)[^]* joined +1:05\n/);
  });

  it("reports on stderr that no call is live", async () => {
    const { desk } = await anOperatorWorld();
    expect(await desk.type("conferences", "list")).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "There are no live calls.\n",
    });
  });

  it("prints one JSON document with --json, with calls or without", async () => {
    const { desk, customerRings } = await anOperatorWorld();
    expect((await desk.type("conferences", "list", "--json")).json).toEqual({ calls: [] });
    await customerRings();
    const { json, stdout } = await desk.type("conferences", "list", "--json");
    const [call] = json.calls as Record<string, unknown>[];
    expect(Object.keys(call!)).toEqual([
      "id",
      "conferenceSid",
      "customerKind",
      "customerNumber",
      "startedAt",
      "endedAt",
      "message",
      "state",
      "legs",
      "transfer",
    ]);
    expect(call!.customerNumber).toBe("+155…11");
    expect(stdout).not.toMatch(WHOLE_NUMBER);
  });

  it("shows whole numbers with --numbers only", async () => {
    const { desk, customerRings } = await anOperatorWorld();
    await customerRings("+15550111111");
    for (const words of [[], ["--json"]]) {
      expect((await desk.type("conferences", "list", ...words)).stdout).not.toMatch(WHOLE_NUMBER);
      expect((await desk.type("conferences", "list", "--numbers", ...words)).stdout).toContain(
        "+15550111111",
      );
    }
  });

  it("shows the transfer in progress", async () => {
    const { desk, agents, talk } = await anOperatorWorld();
    const [agent1] = await agents("agent1", "agent2");
    await talk(agent1!);
    await agent1!.transfersTo("agent2");
    expect((await desk.type("conferences", "list")).stdout).toMatch(
      /TRANSFER\n.* transferring .*agent1 \+ agent2 \(ringing\) +agent1 → agent2, three-way, ringing\n$/,
    );
  });
});

describe("conferences show", () => {
  it("picks the only call, says so, and shows its participants and its story", async () => {
    const { desk, agents, talk, calls } = await anOperatorWorld();
    const [agent1] = await agents("agent1");
    await talk(agent1!);
    const { code, stdout, stderr } = await desk.type("conferences", "show");
    const [call] = await calls();
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Using the only matching call: \w{6} {2}\+155…11 {2}talking/);
    expect(stdout).toMatch(
      new RegExp(`^Call +${call}\nConference +CF\\w{32}\nCustomer +\\+155…11\nState +talking\n`),
    );
    expect(stdout).toMatch(/\ncustomer +\+155…11 +joined +\d/);
    expect(stdout).toMatch(/\nagent1-1 +agent1 +joined +\d/);
    expect(stdout).toMatch(/0:00 {2}the customer calls\n[^]*agent1 joins\n$/);
    expect(stdout + stderr).not.toMatch(WHOLE_NUMBER);
  });

  it.each([
    ["the call's SID", (call: { id: string }) => call.id],
    ["the conference's SID", (call: { conferenceSid: string | null }) => call.conferenceSid ?? ""],
    ["an ending of four characters", (call: { id: string }) => call.id.slice(-4)],
    [
      "an ending of the conference's SID",
      (call: { conferenceSid: string | null }) => call.conferenceSid?.slice(-8) ?? "",
    ],
    ["an ending in capitals", (call: { id: string }) => call.id.slice(-8).toUpperCase()],
  ])("finds a call among several by %s", async (_name, wordFor) => {
    const { desk, customerRings, server } = await anOperatorWorld();
    await customerRings("+15550111111");
    await customerRings("+15550122222");
    const [, second] = await server.calls();
    const { code, json } = await desk.type("conferences", "show", wordFor(second!), "--json");
    expect(code).toBe(0);
    expect(json.call).toMatchObject({ id: second!.id, customerNumber: "+155…22", story: [{}] });
  });

  it("lists the calls when several match and there is no terminal: exit 2", async () => {
    const { desk, customerRings, calls } = await anOperatorWorld();
    await customerRings("+15550111111");
    await customerRings("+15550122222");
    const { code, stdout, stderr } = await desk.type("conferences", "show");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^error: Several calls match\.\nhint: Pass one of these:\n/);
    for (const call of await calls()) expect(stderr).toContain(`\n  ${call.slice(-6)}  +155…`);
    expect(stderr).not.toMatch(WHOLE_NUMBER);
  });

  it("finds an ended call by its full SID", async () => {
    const { desk, customerRings, calls, settle } = await anOperatorWorld();
    const customer = await customerRings();
    const [call] = await calls();
    customer.hangUp();
    await settle();
    expect((await desk.type("conferences", "show", call!, "--json")).json).toMatchObject({
      call: { id: call, state: "ended" },
    });
  });

  it.each([
    ["no call at all", [], 3, "There are no live calls."],
    ["no such call", ["abcdef"], 3, 'There is no call "abcdef".'],
    ["no such SID", [`CA${"0".repeat(32)}`], 3, `There is no call "CA${"0".repeat(32)}".`],
    ["an ending that is too short", ["abc"], 2, '"abc" is too short to name a call.'],
  ])("reports that there is %s", async (_name, words, code, sentence) => {
    const { desk } = await anOperatorWorld();
    const typed = await desk.type("conferences", "show", ...words);
    expect(typed).toMatchObject({ code, stdout: "" });
    expect(typed.stderr).toMatch(new RegExp(`^error: ${sentence}\nhint: `));
  });
});

describe("conferences end", () => {
  it("requires --yes without a terminal: exit 2", async () => {
    const { desk, customerRings, calls } = await anOperatorWorld();
    await customerRings();
    const { code, stderr } = await desk.type("conferences", "end");
    expect(code).toBe(2);
    expect(stderr).toContain("hint: This cannot be undone. Pass --yes");
    expect(await calls()).toHaveLength(1);
  });

  it("hangs up every participant with --yes", async () => {
    const { desk, agents, talk, calls, clock, settle, whoHearsWhom } = await anOperatorWorld();
    const [agent1] = await agents("agent1");
    await talk(agent1!);
    const [call] = await calls();
    const { code, json } = await desk.type("conferences", "end", "--yes", "--json");
    await settle();
    expect(code).toBe(0);
    expect(json.call).toMatchObject({ id: call });
    expect(whoHearsWhom()).toEqual(["customer hears [say]"]);
    await clock.advance(10_000);
    expect(whoHearsWhom()).toEqual([]);
    expect(await calls()).toEqual([]);
    expect(await desk.type("conferences", "end", call!, "--yes")).toMatchObject({ code: 3 });
  });
});
