import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { pauseFor } from "../../src/cli/pause.ts";

it("ends at once when its signal is aborted", async () => {
  const stopped = new AbortController();
  const pause = pauseFor(3_600_000, stopped.signal);
  stopped.abort();
  await pause;
  await pauseFor(3_600_000, stopped.signal);
});

it("leaves no listener behind, however many pauses there are", async () => {
  const { signal } = new AbortController();
  for (let time = 0; time < 3; time += 1) await pauseFor(0, signal);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});
