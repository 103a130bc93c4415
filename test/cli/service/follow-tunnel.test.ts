import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RunningServer } from "../../../src/compose/server.ts";
import type { ServiceEvent } from "../../../src/cli/service/events.ts";
import { followTunnel } from "../../../src/cli/service/follow-tunnel.ts";
import { AppError } from "../../../src/errors.ts";
import { aServer } from "../../server/support/start-server.ts";

/** A tunnel of which a test decides where it leads. */
function aTunnel() {
  let change: (url: string) => void = () => undefined;
  let trouble: (error: AppError) => void = () => undefined;
  return {
    onChange(listener: typeof change) {
      change = listener;
      return () => void (change = () => undefined);
    },
    onTrouble(listener: typeof trouble) {
      trouble = listener;
      return () => void (trouble = () => undefined);
    },
    moveTo: (url: string): void => change(url),
    fail: (error: AppError): void => trouble(error),
  };
}

describe("a tunnel whose address changes", () => {
  let tunnel: ReturnType<typeof aTunnel>;
  let server: RunningServer;
  let points: (url: string) => Promise<void>;
  let pointed: string[];
  let events: ServiceEvent[];
  let errors: AppError[];
  let stop: () => Promise<void>;

  beforeEach(async () => {
    [tunnel, server, pointed, events, errors] = [aTunnel(), await aServer(), [], [], []];
    points = async (url) => void pointed.push(url);
    const number = { point: (url: string): Promise<void> => points(url) };
    const pause = (_ms: number, stopped: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        if (stopped.aborted) return resolve();
        setImmediate(resolve);
      });
    stop = followTunnel(
      { tunnel, server, number, patienceMs: 0, pause },
      { onEvent: (event) => void events.push(event), onError: (error) => void errors.push(error) },
    );
  });
  afterEach(() => stop());

  /** Another address of the same server. */
  const elsewhere = (): string => server.localUrl.replace("127.0.0.1", "localhost");

  it("is followed: the server uses the new address, and the service points the number there", async () => {
    tunnel.moveTo(elsewhere());
    expect(server.url).toBe(elsewhere());
    await expect.poll(() => pointed).toEqual([elsewhere()]);
    expect(events).toMatchObject([{ event: "tunnel-changed", url: elsewhere() }]);
    expect(errors).toEqual([]);
  });

  it("is not set at the number while it does not lead here, with a warning", async () => {
    const other = await aServer();
    tunnel.moveTo(other.localUrl);
    await expect.poll(() => errors.length).toBeGreaterThan(1);
    expect(errors[0]?.message).toContain("another warm-transfer server answers");
    expect(pointed).toEqual([]);
    tunnel.moveTo(elsewhere());
    await expect.poll(() => pointed).toEqual([elsewhere()]);
  });

  it("is set at the number later when Twilio could not be reached at first", async () => {
    points = async (url) => {
      points = async () => void pointed.push(url);
      throw new AppError("network", "Twilio cannot be reached.");
    };
    tunnel.moveTo(elsewhere());
    await expect.poll(() => pointed).toEqual([elsewhere()]);
    expect(errors).toMatchObject([{ message: "Twilio cannot be reached." }]);
  });

  it("reports its troubles until the service stops following it", async () => {
    tunnel.fail(new AppError("network", "The tunnel is gone."));
    await stop();
    tunnel.fail(new AppError("network", "The tunnel is gone again."));
    tunnel.moveTo(elsewhere());
    expect(errors.map(({ message }) => message)).toEqual(["The tunnel is gone."]);
    expect(events).toEqual([]);
  });
});
