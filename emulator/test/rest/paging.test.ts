import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NUMBER, type Twilio, startTwilio } from "./support/twilio.ts";

let twilio: Twilio;
let made: string[];

interface Page {
  calls: { sid: string }[];
  page: number;
  page_size: number;
  start: number;
  end: number;
  uri: string;
  first_page_uri: string;
  next_page_uri: string | null;
  previous_page_uri: string | null;
}

async function page(path: string | null): Promise<Page> {
  const { status, body } = await twilio.ask("GET", path ?? "(no page)");
  expect(status).toBe(200);
  return body as unknown as Page;
}

const sids = ({ calls }: Page): string[] => calls.map((call) => call.sid);

async function call(to: string): Promise<void> {
  const form = { To: to, From: NUMBER, Url: "http://127.0.0.1:9/voice" };
  made.unshift((await twilio.ask("POST", "/Calls.json", { form })).body.sid);
}

beforeEach(async () => {
  made = [];
  twilio = await startTwilio();
  for (const name of ["a", "b", "c", "d", "e"]) await call(`client:${name}`);
});
afterEach(() => twilio.close());

describe("a list of five calls, two on a page", () => {
  it("leads to its end by next_page_uri, newest first", async () => {
    const first = await page("/Calls.json?PageSize=2");
    const second = await page(first.next_page_uri);
    const third = await page(second.next_page_uri);
    expect([first, second, third].map(sids)).toEqual([made.slice(0, 2), made.slice(2, 4), made.slice(4)]);
    expect(third.next_page_uri).toBeNull();
    expect(first).toMatchObject({ page: 0, page_size: 2, start: 0, end: 1, previous_page_uri: null });
    expect(third).toMatchObject({ page: 2, page_size: 2, start: 4, end: 4 });
    expect(first.next_page_uri).toMatch(
      new RegExp(`^${twilio.base}/Calls\\.json\\?PageSize=2&Page=1&PageToken=PA${made[1]}$`),
    );
  });

  it("leads backwards by previous_page_uri", async () => {
    const second = await page((await page("/Calls.json?PageSize=2")).next_page_uri);
    const third = await page(second.next_page_uri);
    const back = await page(third.previous_page_uri);
    expect(sids(back)).toEqual(sids(second));
    expect(sids(await page(back.previous_page_uri))).toEqual(made.slice(0, 2));
    expect(third.previous_page_uri).toContain(`PageToken=PB${made[4]}`);
  });

  it("does not repeat or lose a call when another one starts meanwhile", async () => {
    const first = await page("/Calls.json?PageSize=2");
    await call("client:late");
    expect(sids(await page(first.next_page_uri))).toEqual(made.slice(3, 5));
  });

  it("keeps its filters from page to page", async () => {
    await call("client:a");
    const first = await page("/Calls.json?To=client%3Aa&PageSize=1");
    expect(first.uri).toContain("To=client%3Aa&PageSize=1&Page=0");
    const second = await page(first.next_page_uri);
    expect([...sids(first), ...sids(second)]).toEqual([made[0], made[5]]);
    expect(second.next_page_uri).toBeNull();
    expect(sids(await page(second.first_page_uri))).toEqual(sids(first));
  });
});

describe("a page", () => {
  it("holds 50 by default, and may be empty", async () => {
    const empty = await page("/Calls.json?To=client%3Anobody");
    expect(empty).toMatchObject({ calls: [], page_size: 50, start: 0, end: 0, next_page_uri: null });
  });

  it.each([
    [20007, "PageSize=1001"],
    [20422, "PageSize=0"],
    [20422, "PageSize=many"],
    [20422, "Page=1"],
    [20422, "Page=1&PageToken=PACA0"],
  ])("is refused with %i for %s", async (code, query) => {
    const { status, body } = await twilio.ask("GET", `/Calls.json?${query}`);
    expect([status, body.code]).toEqual([400, code]);
  });

  it("may hold 1000", async () => {
    expect(sids(await page("/Calls.json?PageSize=1000"))).toEqual(made);
  });
});
