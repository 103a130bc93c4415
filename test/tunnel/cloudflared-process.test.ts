import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";
import { manualClock } from "local-twilio";
import { type OpenTunnelOptions, type Tunnel, openTunnel } from "../../src/compose/tunnel.ts";
import type { AppError } from "../../src/errors.ts";
import { fakeCloudflared, says } from "./support/fake-cloudflared.ts";

async function open(options: OpenTunnelOptions): Promise<Tunnel> {
  const tunnel = await openTunnel({ kind: "cloudflared" }, 4321, options);
  onTestFinished(() => tunnel.close());
  return tunnel;
}

const next = <T>(listen: (listener: (value: T) => void) => () => void): Promise<T> =>
  new Promise((resolve) => {
    const stop = listen((value) => {
      stop();
      resolve(value);
    });
  });

describe("cloudflared", () => {
  it("leads from its printed URL to the port", async () => {
    const { env, words } = fakeCloudflared(says("blue-sky"));
    const tunnel = await open({ env });
    expect(tunnel.url).toBe("https://blue-sky.trycloudflare.com");
    expect(words()).toContain("tunnel --no-autoupdate --url http://127.0.0.1:4321\n");
  });

  it("gets none of Twilio's credentials", async () => {
    const { env, words } = fakeCloudflared(says("blue-sky"));
    await open({ env });
    expect(words()).toContain("PATH=");
    expect(words()).not.toContain(env.TWILIO_AUTH_TOKEN);
  });

  it("restarts when it dies, and reports the new URL", async () => {
    const { env, pids, kill } = fakeCloudflared(
      `name=first; test $count -gt 1 && name=second\n${says("$name")}`,
    );
    const clock = manualClock();
    const tunnel = await open({ env, clock });
    expect(tunnel.url).toBe("https://first.trycloudflare.com");

    const trouble = next<AppError>((report) => tunnel.onTrouble(report));
    const change = next<string>((report) => tunnel.onChange(report));
    await kill(pids()[0] ?? 0);
    expect(await trouble).toMatchObject({
      category: "network",
      message: expect.stringContaining("closed"),
    });
    await clock.advance(500);
    expect(await change).toBe("https://second.trycloudflare.com");
    expect(tunnel.url).toBe("https://second.trycloudflare.com");
  });

  it("ends when the tunnel is closed", async () => {
    const { env, pids, isRunning } = fakeCloudflared(says("blue-sky"));
    const tunnel = await open({ env });
    await tunnel.close();
    expect(pids().map(isRunning)).toEqual([false]);
    await tunnel.close();
  });

  it("ends also when it ignores SIGTERM", async () => {
    const { env, pids, isRunning } = fakeCloudflared(`trap '' TERM\n${says("stubborn")}`);
    const tunnel = await open({ env });
    await tunnel.close();
    expect(pids().map(isRunning)).toEqual([false]);
  });

  it("ends when the process that started it is killed", async () => {
    const { env, pids, isRunning } = fakeCloudflared(says("blue-sky"));
    const tunnel = new URL("../../dist/compose/tunnel.js", import.meta.url).href;
    const script = `import { openTunnel } from "${tunnel}";
      const { url } = await openTunnel({ kind: "cloudflared" }, 1, { env: process.env });
      console.log(url); setInterval(() => {}, 1000);`;
    const us = spawn(process.execPath, ["--input-type=module", "--eval", script], { env });
    await once(us.stdout, "data");
    expect(pids().map(isRunning)).toEqual([true]);
    us.kill("SIGKILL");
    await expect.poll(() => pids().map(isRunning)).toEqual([false]);
  });

  it("that is not installed is reported", async () => {
    await expect(open({ env: { PATH: "/nowhere" } })).rejects.toMatchObject({
      category: "config",
      message: "cloudflared is not installed, or not on the PATH.",
    });
  });

  it("that prints nothing is killed after its time-out", async () => {
    const { env, pids, isRunning } = fakeCloudflared(`read line < "$dir/fifo"`);
    await expect(open({ env, deadlineMs: 500 })).rejects.toMatchObject({ category: "timeout" });
    expect(pids().map(isRunning)).toEqual([false]);
  });

  it.each([
    [
      `failed to request quick Tunnel: Post "https://api.trycloudflare.com/tunnel": dial tcp: no such host`,
      "no such host",
    ],
    [
      `ERR Error unmarshaling QuickTunnel response: error code: 1015 status_code="429 Too Many Requests"`,
      "refuses more quick tunnels",
    ],
  ])("that fails with %j is reported", async (line, words) => {
    const { env } = fakeCloudflared(`echo '${line}' >&2; exit 1`);
    await expect(open({ env })).rejects.toMatchObject({
      category: "network",
      message: expect.stringContaining(words),
    });
  });
});
