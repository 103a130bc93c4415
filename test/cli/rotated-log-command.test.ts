import { existsSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { SLOW } from "./support/slow.ts";
import { NUMBER, aStartCli } from "./support/start-cli.ts";

it("start opens a new log file on SIGHUP after the old one was renamed, and goes on", SLOW, async () => {
  const cli = await aStartCli();
  const [file, old] = [join(cli.cwd, "server.log"), join(cli.cwd, "server.log.1")];
  const started = await cli.start("--yes", "--log", file);
  const ring = (from: string): Promise<string> => cli.twilio.people.add(from).call(NUMBER);
  const linesOf = (path: string, call: string): number =>
    existsSync(path) ? readFileSync(path, "utf8").split(call).length - 1 : 0;
  const first = await ring("+15550100321");
  await expect.poll(() => linesOf(file, first)).toBeGreaterThan(0);
  renameSync(file, old);
  started.child.kill("SIGHUP");
  await expect.poll(() => existsSync(file)).toBe(true);
  const second = await ring("+15550100322");
  await expect.poll(() => linesOf(file, second)).toBeGreaterThan(0);
  expect([linesOf(old, second), linesOf(old, first) > 0]).toEqual([0, true]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await fetch(`${started.ready.server.url}/healthz`)).status).toBe(200);
  expect(await started.end("SIGTERM")).toBe(0);
});
