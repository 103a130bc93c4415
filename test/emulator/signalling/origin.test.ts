import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { edgeOf } from "../../../src/emulator/signalling/connection.ts";
import { connect } from "./phone-line.ts";
import { type World, startWorld, tokenFor } from "./world.ts";

let world: World;
beforeEach(async () => void (world = await startWorld()));
afterEach(() => world.close());

describe("who may open the signalling's socket", () => {
  it.each([
    "http://localhost:3000",
    "http://127.0.0.1:8080",
    "http://agent1.localhost:1",
    "http://[::1]:4010",
  ])("a page of this machine: %s", async (origin) => {
    (await connect(world.url, { origin })).drop();
  });

  it.each(["https://example.com", "http://localhost.example.com", "http://192.0.2.2:3000", "null"])(
    "not a page of elsewhere: %s",
    async (origin) => {
      const socket = new WebSocket(world.url, { headers: { origin } });
      const [error] = (await once(socket, "error").catch((thrown: unknown) => [thrown])) as [Error];
      expect(error.message).toContain("403");
    },
  );
});

describe("the edge", () => {
  it("is the one that the SDK meant to reach", async () => {
    const client = await connect(`${world.url}?host=voice-js.dublin.twilio.com`);
    client.send("listen", { token: tokenFor("agent1", { region: "ie1" }) });
    expect((await client.next("connected")).edge).toBe("dublin");
    client.drop();
  });

  it("is ashburn for roaming and for what is no edge", () => {
    expect([edgeOf("voice-js.roaming.twilio.com"), edgeOf("elsewhere"), edgeOf(null)]).toEqual(
      Array(3).fill("ashburn"),
    );
  });
});
