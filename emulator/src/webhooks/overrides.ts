/** Causes for a retry (www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides). */
export type RetryCause = "4xx" | "5xx" | "ct" | "rt";

/** The rules for requests to one address. Times are real milliseconds. */
export interface Overrides {
  connectTimeout: number;
  readTimeout: number;
  totalTimeout: number;
  retries: number;
  retryOn: ReadonlySet<RetryCause>;
  /** Overrides that Twilio would refuse (error 11243) or ignore. */
  problems: readonly string[];
}

const CAUSES: readonly RetryCause[] = ["4xx", "5xx", "ct", "rt"];

function numberIn(params: URLSearchParams, name: string, limits: [number, number], fallback: number): number {
  const text = params.get(name);
  if (text === null || !/^\d+$/.test(text)) return fallback;
  return Math.min(limits[1], Math.max(limits[0], Number(text)));
}

function retryCauses(text: string | null, problems: string[]): Set<RetryCause> {
  if (text === null) return new Set(["ct"]);
  const names = text.split(",").filter(Boolean);
  if (names.includes("all")) return new Set(CAUSES);
  const known = new Set(CAUSES.filter((cause) => names.includes(cause)));
  const unknown = names.filter((name) => !CAUSES.includes(name as RetryCause));
  if (unknown.length > 0) problems.push(`rp=${unknown.join(",")} is not one of 4xx, 5xx, ct, rt, all`);
  return known;
}

/** Reads the overrides behind `#`; defaults where there are none. Retries only connect failures by default. */
export function readOverrides(url: string): Overrides {
  const params = new URLSearchParams(/#(.*)$/s.exec(url)?.[1] ?? "");
  const problems: string[] = [];
  return {
    connectTimeout: numberIn(params, "ct", [100, 10_000], 5_000),
    readTimeout: numberIn(params, "rt", [100, 15_000], 15_000),
    totalTimeout: numberIn(params, "tt", [100, 15_000], 15_000),
    retries: numberIn(params, "rc", [0, 5], 1),
    retryOn: retryCauses(params.get("rp"), problems),
    problems,
  };
}
