import { expect, it } from "vitest";
import { aServiceStage, anotherProgram } from "./support/service-stage.ts";

it("a service that gets no tunnel from ngrok closes its server and leaves the number alone", async () => {
  const stage = await aServiceStage();
  const serverAddr = `127.0.0.1:${await anotherProgram()}`;
  stage.plan.tunnel = { kind: "ngrok", authtoken: "a-token", serverAddr };
  expect(await stage.refused()).toMatchObject({ category: "network" });
  expect(stage.done()).toEqual(["server-started"]);
});
