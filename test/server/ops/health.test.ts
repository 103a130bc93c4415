import { describe, expect, it } from "vitest";
import { readVersion } from "../../../src/version.ts";
import { aServer } from "../support/start-server.ts";

describe("GET /healthz", () => {
  it("returns the version and the id of this start", async () => {
    const server = await aServer();
    const answer = await fetch(`${server.localUrl}/healthz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: "ok", instance: server.instance, version: readVersion() });
  });

  it("returns another id after each start", async () => {
    const [one, other] = [await aServer(), await aServer()];
    expect(one.instance).not.toBe(other.instance);
  });
});
