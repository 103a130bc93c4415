import { describe, expect, it } from "vitest";
import { doctor } from "../../../src/cli/commands/doctor.ts";
import { freePort } from "../../support/world/free-port.ts";
import { aContext } from "../support/context.ts";
import { aFolder, ask, startIn } from "../support/doctor-folder.ts";
import { memoryOutput } from "../support/memory-output.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("doctor in a folder without settings", () => {
  it("reports one failure, which names the first command to run", async () => {
    const { code, checks } = await ask(temporaryFolder(), { PORT: String(await freePort()) });
    const failures = checks.filter(({ state }) => state === "failure");
    expect(failures).toEqual([
      expect.objectContaining({
        check: "settings",
        message: "This folder is not set up.",
        hint: expect.stringContaining("warm-transfer init") as string,
      }),
    ]);
    expect(code).toBe(1);
  });

  it("gives the same advice once", async () => {
    const { output, written } = memoryOutput({ json: false });
    await doctor({}, aContext(output, { cwd: temporaryFolder(), env: { PORT: String(await freePort()) } }));
    const advice = written.stdout.split("\n").filter((line) => line.startsWith(" ".repeat(10)));
    expect(advice.every((line, index) => line !== advice[index - 1])).toBe(true);
    expect(written.stdout.match(/Not checked/g)?.length).toBeGreaterThan(3);
  });

  it("sends no request to a running server without a token", async () => {
    const { cwd, port } = await aFolder();
    await startIn(cwd);
    const { found } = await ask(temporaryFolder(), { PORT: String(port) });
    expect(found("server")).toEqual(["failure: OPERATOR_TOKEN is not set."]);
  });
});
