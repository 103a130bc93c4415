import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { freePort } from "../support/world/free-port.ts";
import { type Running, runCli, startCli } from "./support/run-cli.ts";
import { SLOW } from "./support/slow.ts";

interface Ready {
  server: { url: string };
  agents: { id: string; signIn: string }[];
  accountSid: string;
  operatorToken: string;
}

let running: Running[] = [];
afterEach(async () => {
  for (const each of running) await each.end();
  running = [];
});

async function startIn(cwd: string, port: number): Promise<Ready & { running: Running }> {
  const args = ["sandbox", "--json", "--port", String(port), "--emulator-port", "0"];
  const each = await startCli(args, { cwd });
  running.push(each);
  return { ...(each.ready as unknown as Ready), running: each };
}

const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");

describe("a sandbox that restarts in its folder", SLOW, () => {
  it("has the same links, recognizes open pages, and keeps its secrets readable by its owner only", async () => {
    const cwd = temporaryFolder();
    const port = await freePort();
    const first = await startIn(cwd, port);
    const cookie = cookiesOf(await fetch(first.agents[0]!.signIn, { redirect: "manual" }));
    await first.running.end();
    const second = await startIn(cwd, port);
    expect(second.agents).toEqual(first.agents);
    expect(second.accountSid).toBe(first.accountSid);
    const me = await fetch(`${second.server.url}/api/me`, { headers: { cookie } });
    expect([me.status, await me.json()]).toMatchObject([200, { agent: { id: "agent1" } }]);
    for (const name of readdirSync(join(cwd, ".warm-transfer")))
      expect([name, statSync(join(cwd, ".warm-transfer", name)).mode & 0o077]).toEqual([name, 0]);
  });

  it("serves the operator's commands of its folder without a token, until it ends", async () => {
    const cwd = temporaryFolder();
    const { running: sandbox, server } = await startIn(cwd, 0);
    expect(await runCli(["conferences", "list", "--json"], { cwd })).toMatchObject({
      code: 0,
      stdout: '{"calls":[]}\n',
    });
    expect(await runCli(["agents", "list", "--server", server.url], { cwd })).toMatchObject({ code: 0 });
    await sandbox.end();
    expect(existsSync(join(cwd, ".warm-transfer", "sandbox-server.json"))).toBe(false);
    expect((await runCli(["conferences", "list"], { cwd })).code).not.toBe(0);
  });

  it("leaves the folder to a sandbox that runs there already", async () => {
    const cwd = temporaryFolder();
    const first = await startIn(cwd, 0);
    const second = await startIn(cwd, 0);
    expect(second.operatorToken).not.toBe(first.operatorToken);
    await second.running.end();
    expect(await runCli(["conferences", "list"], { cwd })).toMatchObject({ code: 0 });
  });
});
