import { Session } from "node:inspector/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { startWorld } from "../support/world/start-world.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Of the server's files. The command line plays the agents' pages. */
const isCounted = (path: string): boolean => /^src\/(?!cli\/)/.test(path);

/** Resolves with a function that resolves with the files of which a named function was called since the last time. */
async function watchFiles(): Promise<() => Promise<string[]>> {
  const session = new Session();
  session.connect();
  onTestFinished(() => session.disconnect());
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  return async () => {
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const called = result.filter(({ functions }) =>
      functions.some(({ functionName, ranges }) => functionName !== "" && (ranges[0]?.count ?? 0) > 0),
    );
    return called.map(({ url }) => relative(ROOT, url.replace(/^file:\/\//, "").replace(/\?.*$/, "")));
  };
}

/** A reader who asks what happens opens these files. docs/architecture.md shows the way through them. */
const MOST = 35;

it("a customer who rings, and a transfer, pass through few files of the server", async () => {
  const world = await startWorld();
  const agent1 = await world.agent("agent1");
  const agent2 = await world.agent("agent2");
  const filesSince = await watchFiles();

  await world.customerRings();
  const rings = (await filesSince()).filter(isCounted).toSorted();
  expect(rings).toContain("src/call/rules/waiting.ts");
  expect(rings.length, rings.join("\n")).toBeLessThanOrEqual(MOST);

  await agent1.answers();
  await filesSince();
  await agent1.transfersTo("agent2");
  const transfer = (await filesSince()).filter(isCounted).toSorted();
  expect(transfer).toContain("src/call/rules/commands.ts");
  expect(transfer.length, transfer.join("\n")).toBeLessThanOrEqual(MOST);

  await agent2.answers();
  await agent1.hangsUp();
  expect(world.whoHearsWhom()).toEqual(["customer hears agent2", "agent2 hears customer"]);
});
