import { describe, expect, it } from "vitest";
import { manualClock, type ManualClock } from "local-twilio";
import { keepOpen } from "../../src/tunnel/keep-open.ts";
import type { Tunnel } from "../../src/tunnel/tunnel.ts";
import { type FakeChild, fakeKind } from "./support/fake-kind.ts";

const URL_1 = "https://one.ngrok.app";
const URL_2 = "https://two.ngrok.app";
const DEADLINE_MS = 15_000;

interface Stage {
  clock: ManualClock;
  children: FakeChild[];
  tunnel: Tunnel;
  /** The tunnel's URLs and errors, in order. */
  reports: string[];
}

/** Everything that follows at once has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function start() {
  const clock = manualClock(settled);
  const { kind, children } = fakeKind();
  return { clock, children, opening: keepOpen(kind, { clock, deadlineMs: DEADLINE_MS }) };
}

async function opened(): Promise<Stage> {
  const { clock, children, opening } = start();
  children[0]?.says({ kind: "open", url: URL_1 });
  const tunnel = await opening;
  const reports: string[] = [];
  tunnel.onChange((url) => reports.push(url));
  tunnel.onTrouble((error) => reports.push(error.message));
  return { clock, children, tunnel, reports };
}

describe("a tunnel kept open", () => {
  it("has the address of its process", async () => {
    const { tunnel, reports } = await opened();
    expect([tunnel.url, reports]).toEqual([URL_1, []]);
  });

  it("fails with the reason that its process reports", async () => {
    const { children, opening } = start();
    children[0]?.says({ kind: "failed", message: "refused" });
    await expect(opening).rejects.toThrow("refused");
    expect(children[0]?.isStopped).toBe(true);
  });

  it("fails when its process dies before it has a URL", async () => {
    const { children, opening } = start();
    children[0]?.dies();
    await expect(opening).rejects.toThrow("ended");
  });

  it("fails when its process reports no URL in time", async () => {
    const { clock, children, opening } = start();
    const refused = expect(opening).rejects.toMatchObject({ category: "timeout" });
    await clock.advance(DEADLINE_MS);
    await refused;
    expect(children[0]?.isStopped).toBe(true);
  });

  it("reopens when its process dies; the same URL is no change", async () => {
    const { clock, children, reports } = await opened();
    children[0]?.dies();
    await clock.advance(500);
    children[1]?.says({ kind: "open", url: URL_1 });
    await settled();
    expect(reports).toEqual([expect.stringContaining("closed")]);
  });

  it("reports a new URL", async () => {
    const { clock, children, tunnel, reports } = await opened();
    children[0]?.dies();
    await clock.advance(500);
    children[1]?.says({ kind: "open", url: URL_2 });
    await settled();
    expect([tunnel.url, reports.at(-1)]).toEqual([URL_2, URL_2]);
  });

  it("continues when a listener fails for the new URL, and reports the error", async () => {
    const { clock, children, tunnel, reports } = await opened();
    tunnel.onChange(() => {
      throw new Error("no address of ours");
    });
    children[0]?.dies();
    await clock.advance(500);
    children[1]?.says({ kind: "open", url: URL_2 });
    await settled();
    expect(reports.slice(-2)).toEqual([URL_2, "no address of ours"]);
    children[1]?.dies();
    await clock.advance(1_000);
    expect(children).toHaveLength(3);
  });

  it("retries after pauses that double up to 30 s, and reports each failure", async () => {
    const { clock, children, reports } = await opened();
    children[0]?.dies();
    const pauses = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
    for (const [index, ms] of pauses.entries()) {
      await clock.advance(ms - 1);
      expect(children).toHaveLength(index + 1);
      await clock.advance(1);
      expect(children).toHaveLength(index + 2);
      children.at(-1)?.says({ kind: "failed", message: `failure ${index}` });
      await settled();
    }
    expect(reports.slice(1)).toEqual(pauses.map((_, index) => `failure ${index}`));
  });

  it("waits before it reopens after a process that died at once", async () => {
    const { clock, children } = await opened();
    children[0]?.dies();
    await clock.advance(500);
    children[1]?.says({ kind: "open", url: URL_1 });
    await settled();
    children[1]?.dies();
    await clock.advance(999);
    expect(children).toHaveLength(2);
    await clock.advance(1);
    expect(children).toHaveLength(3);
  });

  it("reopens soon after a process that had been open for a while", async () => {
    const { clock, children } = await opened();
    children[0]?.dies();
    await clock.advance(500);
    children[1]?.says({ kind: "open", url: URL_1 });
    await clock.advance(30_000);
    children[1]?.dies();
    await clock.advance(500);
    expect(children).toHaveLength(3);
  });

  it("reports a lost connection once, and nothing when it is back", async () => {
    const { clock, children, reports } = await opened();
    children[0]?.says({ kind: "away" });
    children[0]?.says({ kind: "away" });
    await clock.advance(29_000);
    children[0]?.says({ kind: "back" });
    await clock.advance(60_000);
    expect(reports).toEqual([expect.stringContaining("lost its connection")]);
    expect(children).toHaveLength(1);
  });

  it("replaces a connection that does not come back", async () => {
    const { clock, children, tunnel } = await opened();
    children[0]?.says({ kind: "away" });
    await clock.advance(30_000);
    expect(children[0]?.isStopped).toBe(true);
    await clock.advance(500);
    children[1]?.says({ kind: "open", url: URL_2 });
    await settled();
    expect(tunnel.url).toBe(URL_2);
  });

  it.each(["while it is open", "in a pause", "while it is opened again"])(
    "can be closed %s",
    async (when) => {
      const { clock, children, tunnel, reports } = await opened();
      if (when !== "while it is open") children[0]?.dies();
      if (when === "while it is opened again") await clock.advance(500);
      await settled();
      const before = reports.length;
      await tunnel.close();
      await clock.advance(120_000);
      expect(children).toHaveLength(when === "while it is opened again" ? 2 : 1);
      expect(reports).toHaveLength(before);
      if (when !== "in a pause") expect(children.at(-1)?.isStopped).toBe(true);
    },
  );
});
