import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createLog } from "../../src/compose/log.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const linesOf = (file: string): unknown[] =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);

describe("a log in a file", () => {
  it("holds one JSON object a line, and nothing below its level", async () => {
    const file = join(temporaryFolder(), "server.log");
    const log = await createLog({ destination: { file }, level: "info" });
    log.debug("too small");
    log.info("input", { call: "CA1", transfer: undefined, ms: 3 });
    log.error("server stopped");
    await log.close();
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(linesOf(file)).toEqual([
      { level: "info", time, call: "CA1", ms: 3, msg: "input" },
      { level: "error", time, msg: "server stopped" },
    ]);
  });

  it("is for its owner alone, and goes on where the last one ended", async () => {
    const file = join(temporaryFolder(), "server.log");
    for (const message of ["first start", "second start"]) {
      const log = await createLog({ destination: { file }, level: "info" });
      log.info(message);
      await log.close();
    }
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(linesOf(file)).toMatchObject([{ msg: "first start" }, { msg: "second start" }]);
  });

  it("has no whole number in it", async () => {
    const file = join(temporaryFolder(), "server.log");
    const log = await createLog({ destination: { file }, level: "info" });
    log.info("Twilio cannot ring +15550111111.", { from: "+15550111111", hint: "Verify +447911123456." });
    await log.close();
    expect(linesOf(file)).toMatchObject([
      { from: "+155…11", hint: "Verify +447…56.", msg: "Twilio cannot ring +155…11." },
    ]);
  });

  it("that cannot be opened fails at once", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "not-a-folder"), "");
    const opening = createLog({ destination: { file: join(folder, "not-a-folder", "log") }, level: "info" });
    await expect(opening).rejects.toMatchObject({
      category: "config",
      hint: expect.stringContaining("folder"),
    });
  });

  it.skipIf(!existsSync("/dev/full"))("on a full disk disturbs no call", async () => {
    const log = await createLog({ destination: { file: "/dev/full" }, level: "info" });
    for (let i = 0; i < 100; i++) log.info("input", { i });
    await log.close();
    log.info("after the end");
    await log.close();
  });
});
