import { cpSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { OPERATOR, aServer } from "../../server/support/start-server.ts";
import { CALL, inbound, webhook } from "../../server/support/webhooks.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { type Desk, aDesk } from "../support/desk.ts";

const OTHER = `CA${"d".repeat(31)}1`;

/** A folder with a store of one ended and one live call. `killed`: taken from under a server that still runs. */
async function aFolder(killed = false): Promise<Desk> {
  const desk = aDesk();
  const running = killed ? temporaryFolder() : desk.cwd;
  const server = await aServer({ storeUrl: `file:${running}/.warm-transfer/calls.db` });
  for (const CallSid of [CALL, OTHER])
    expect((await webhook(server, "/conference/connect/client", inbound(server, { CallSid }))).status).toBe(
      200,
    );
  await webhook(server, "/call/events", inbound(server, { CallStatus: "completed" }));
  await server.idle();
  if (killed) cpSync(running, desk.cwd, { recursive: true });
  await server.close();
  return desk;
}

const filesOf = (cwd: string): string[] =>
  readdirSync(cwd, { recursive: true, withFileTypes: true })
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => `${path} ${statSync(path).mtimeMs} ${statSync(path).size}`)
    .sort();

describe.each([false, true])("without a server (killed: %j)", (killed) => {
  it("history and conferences show read the stored calls, and change nothing", async () => {
    const desk = await aFolder(killed);
    const before = filesOf(desk.cwd);
    const { json, stderr } = await desk.type("history", "--json");
    expect(stderr).toBe("");
    expect(json).toMatchObject({ calls: [{ id: CALL, customerNumber: "+155…11", endedBy: "customer" }] });
    expect((await desk.type("history")).stderr).toContain("No server is running here.");
    for (const word of [CALL, CALL.slice(-6)]) {
      const { code, stdout } = await desk.type("conferences", "show", word);
      expect([code, stdout]).toEqual([0, expect.stringContaining("the call is over")]);
    }
    expect((await desk.type("conferences", "show", OTHER.slice(-6), "--json")).json).toMatchObject({
      call: { id: OTHER },
    });
    expect(filesOf(desk.cwd)).toEqual(before);
  });
});

it("history creates nothing in a folder without stored calls", async () => {
  const desk = aDesk();
  expect(await desk.type("history", "--json")).toMatchObject({ code: 0 });
  expect(await desk.type("conferences", "show", CALL)).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("There is no call") as string,
  });
  expect(readdirSync(desk.cwd)).toEqual([]);
});

it("conferences show fetches an ended call from the running server, by its full SID and by its last characters", async () => {
  const server = await aServer();
  const desk = aDesk({ url: server.url, token: OPERATOR });
  await webhook(server, "/conference/connect/client", inbound(server));
  await webhook(server, "/call/events", inbound(server, { CallStatus: "completed" }));
  await server.idle();
  for (const word of [CALL, CALL.slice(-6)])
    expect((await desk.type("conferences", "show", word, "--json")).json).toMatchObject({
      call: { id: CALL, state: "ended" },
    });
  expect(await desk.type("conferences", "show", "abcdef")).toMatchObject({ code: 3 });
});

it("history does not read this folder's calls in place of a remote server that does not answer", async () => {
  const desk = await aFolder();
  const elsewhere = ["--server", "http://127.0.0.1:9"];
  expect((await desk.type("history", ...elsewhere)).code).not.toBe(0);
});
