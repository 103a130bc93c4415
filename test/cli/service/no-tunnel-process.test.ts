import { expect, it, vi } from "vitest";
import { fakeCloudflared, says } from "../../tunnel/support/fake-cloudflared.ts";
import { aServiceStage, anotherProgram } from "./support/service-stage.ts";

it("a service that gets no tunnel from ngrok closes its server and leaves the number alone", async () => {
  const stage = await aServiceStage();
  const serverAddr = `127.0.0.1:${await anotherProgram()}`;
  stage.plan.tunnel = { kind: "ngrok", authtoken: "a-token", serverAddr };
  expect(await stage.refused()).toMatchObject({ category: "network" });
  expect(stage.done()).toEqual(["server-started"]);
});

it("Ctrl-C while a tunnel opens ends the start at once, and a tunnel that opens late is closed", async () => {
  const stage = await aServiceStage();
  const cloudflared = fakeCloudflared(`read line < "$dir/fifo"\n${says("late")}`);
  stage.plan.tunnel = { kind: "cloudflared" };
  const refusal = stage.refused({ env: cloudflared.env });
  const pid = await vi.waitUntil(() => cloudflared.pids()[0], 10_000);
  stage.interruption.abort();
  expect(await refusal).toMatchObject({ name: "InterruptedError" });
  await cloudflared.goOn();
  await vi.waitUntil(() => !cloudflared.isRunning(pid), 10_000);
});
