import { describe, expect, it, onTestFinished } from "vitest";
import { startServer } from "../../src/compose/server.ts";
import { loadSettings, serverConfig } from "../../src/config/load.ts";
import { freePort } from "../support/world/free-port.ts";
import { OLD_URL, numberCli } from "./support/number-cli.ts";

/** A folder whose server runs and has been given the number. */
async function served() {
  const env = {
    PUBLIC_URL: `http://127.0.0.1:${await freePort()}`,
    TWILIO_API_KEY: `SK${"2".repeat(32)}`,
    TWILIO_API_SECRET: "an-api-secret-of-the-tests",
    OPERATOR_TOKEN: "operator-token-of-the-tests",
  };
  const cli = await numberCli({ voiceUrl: OLD_URL }, env);
  const flags = { agents: [{ id: "agent1", name: "Agent 1" }], storeUrl: "memory:" };
  const config = serverConfig(await loadSettings({ cwd: cli.cwd, env, flags }));
  const server = await startServer(config, { onError: () => undefined });
  onTestFinished(() => server.close());
  await cli.run("set", "--yes");
  return { ...cli, server };
}

describe("number reset while a server answers the number's calls", () => {
  it("warns of the consequence, and goes on where there is no terminal", async () => {
    const { run, voiceUrl } = await served();
    const { code, stderr } = await run("reset");
    expect([code, voiceUrl()]).toEqual([0, OLD_URL]);
    expect(stderr).toContain("This folder's running server will get no more calls");
  });

  it("does not warn once the server has ended", async () => {
    const { run, server } = await served();
    await server.close();
    expect(await run("reset")).toMatchObject({ code: 0, stderr: "" });
  });
});
