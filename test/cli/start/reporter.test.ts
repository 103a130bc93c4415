import { describe, expect, it } from "vitest";
import type { LiveView } from "../../../src/cli/live/view.ts";
import { openView } from "../../../src/cli/live/view.ts";
import type { ServiceEvent } from "../../../src/cli/service/events.ts";
import type { Service } from "../../../src/cli/service/start-service.ts";
import { createServiceReporter } from "../../../src/cli/start/reporter.ts";
import { AppError } from "../../../src/errors.ts";
import { aServer } from "../../server/support/start-server.ts";
import { memoryOutput } from "../support/memory-output.ts";

const started: ServiceEvent = { event: "server-started", at: 1, ms: 120, url: "http://127.0.0.1:3000" };
const pointed: ServiceEvent = {
  event: "number-pointed",
  at: 2,
  ms: 80,
  before: "",
  after: "https://a.example.com",
};

async function live(json: boolean) {
  const { output, written } = memoryOutput({ json });
  const server = await aServer({ agents: [{ id: "anna", name: "Anna" }] });
  const teller = createServiceReporter(output);
  const view: LiveView = openView({ server, output });
  const goLive = (): void => teller.goLive({ server } as unknown as Service, view);
  return { teller, goLive, server, written };
}

describe("the report of a start", () => {
  it("has a line for each step with its time", async () => {
    const { teller, written } = await live(false);
    teller.onEvent(started);
    teller.onEvent(pointed);
    expect(written.stdout).toBe("");
    expect(written.stderr.split("\n")).toEqual([
      "server   listening at http://127.0.0.1:3000 (0.1 s)",
      "number   points at this server; before: nothing (0.1 s)",
      "",
    ]);
  });

  it("has no line of --json before the ready line, and the number after it", async () => {
    const { teller, goLive, written } = await live(true);
    teller.onEvent(started);
    teller.onEvent(pointed);
    expect(written.stdout).toBe("");
    goLive();
    expect(JSON.parse(written.stdout)).toEqual(pointed);
  });

  it("has new links for the agents when the tunnel's address changes", async () => {
    for (const json of [false, true]) {
      const { teller, goLive, server, written } = await live(json);
      goLive();
      const url = server.localUrl.replace("127.0.0.1", "localhost");
      server.setPublicUrl(url);
      teller.onEvent({ event: "tunnel-changed", at: 3, url });
      await expect.poll(() => written.stdout).toContain(`${url}/sign-in?t=`);
      if (json)
        expect(JSON.parse(written.stdout)).toMatchObject({ url, agents: [{ id: "anna", name: "Anna" }] });
      else expect(written.stdout).toMatch(/^The tunnel has a new address: .*\nAgents need new sign-in links/);
    }
  });

  it("puts errors on stderr, before and after the ready line", async () => {
    const { teller, goLive, written } = await live(false);
    teller.onError(new AppError("network", "One."));
    goLive();
    teller.onError(new AppError("network", "Two."));
    expect(written.stderr).toBe("error: One.\nerror: Two.\n");
  });
});
