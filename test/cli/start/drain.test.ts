import { beforeEach, describe, expect, it } from "vitest";
import { untilNoCalls } from "../../../src/cli/start/drain.ts";
import { CUSTOMER, NUMBER, aServerWithTwilio } from "../../server/support/start-server.ts";

describe("waiting for the live calls", () => {
  let counts: number[];
  let overAfter: number;
  let endWaiting: () => void;

  beforeEach(() => {
    [counts, overAfter] = [[], 0];
    endWaiting = () => undefined;
  });

  const options = () => ({
    limitMs: 60_000,
    onCount: (calls: number): void => void counts.push(calls),
    pause: (ms: number, stopped: AbortSignal): Promise<void> => {
      overAfter = ms;
      return new Promise((resolve) => {
        endWaiting = resolve;
        if (stopped.aborted) resolve();
        stopped.addEventListener("abort", () => resolve());
      });
    },
  });

  it("ends at once when no call is live", async () => {
    const { server } = await aServerWithTwilio();
    expect(await untilNoCalls(server, options())).toBe(0);
    expect(counts).toEqual([0]);
  });

  it("ends when the last customer has hung up, and counts down", async () => {
    const { server, twilio } = await aServerWithTwilio();
    const customers = [twilio.people.add(CUSTOMER), twilio.people.add("+15550122222")];
    for (const customer of customers) await customer.call(NUMBER);
    await expect.poll(async () => (await server.calls()).length).toBe(2);
    const drained = untilNoCalls(server, options());
    await expect.poll(() => counts).toEqual([2]);
    customers[0]?.hangUp();
    await expect.poll(() => counts).toEqual([2, 1]);
    customers[1]?.hangUp();
    expect(await drained).toBe(0);
    expect(counts).toEqual([2, 1, 0]);
  });

  it("reports how many are left when the time is over", async () => {
    const { server, twilio } = await aServerWithTwilio();
    await twilio.people.add(CUSTOMER).call(NUMBER);
    await expect.poll(async () => (await server.calls()).length).toBe(1);
    const drained = untilNoCalls(server, options());
    await expect.poll(() => overAfter).toBe(60_000);
    endWaiting();
    expect(await drained).toBe(1);
  });
});
