import { describe, expect, it } from "vitest";
import { lazily, lazyPart } from "../../agent-page/agent/lazily.ts";

/** A part whose first fetches fail. */
function fetchAfter(failures: number) {
  let fetches = 0;
  const fetchPart = async (): Promise<string> => {
    fetches += 1;
    if (fetches <= failures) throw new Error("no network");
    return "part";
  };
  return { fetchPart, fetches: () => fetches };
}

describe("a lazy part", () => {
  it("is fetched once, at its first use", async () => {
    const { fetchPart, fetches } = fetchAfter(0);
    const part = lazyPart(fetchPart);
    expect([part.loading(), fetches()]).toEqual([null, 0]);
    expect(await Promise.all([part.load(), part.load(), part.loading()])).toEqual(["part", "part", "part"]);
    expect(fetches()).toBe(1);
  });

  it("is fetched again after a fetch that failed", async () => {
    const { fetchPart, fetches } = fetchAfter(1);
    const part = lazyPart(fetchPart);
    expect(await part.load()).toBeUndefined();
    expect(part.loading()).toBeNull();
    expect(await part.load()).toBe("part");
    expect(fetches()).toBe(2);
  });
});

describe("a section that is fetched when it first has content", () => {
  it("shows the latest content, and nothing once it is hidden", async () => {
    const shows: (string | null)[] = [];
    let arrive: () => void = () => {};
    const arrival = new Promise<void>((resolve) => (arrive = resolve));
    const section = lazily<string>(async () => {
      await arrival;
      return (shown) => void shows.push(shown);
    });
    section(null);
    section("first");
    section("second");
    arrive();
    await expect.poll(() => shows).toEqual(["second", "second"]);
    section(null);
    await expect.poll(() => shows.at(-1)).toBeNull();
  });

  it("is fetched again for its next content after a fetch that failed", async () => {
    const { fetchPart } = fetchAfter(1);
    const shows: (string | null)[] = [];
    const section = lazily<string>(async () => {
      await fetchPart();
      return (shown) => void shows.push(shown);
    });
    section("first");
    await new Promise((resolve) => setImmediate(resolve));
    section("second");
    await expect.poll(() => shows).toEqual(["second"]);
  });
});
