import type { Health } from "../../server/control-api.ts";
import { networkTrouble } from "../../network-trouble.ts";

/** The answer at an address. `words` is the reason for no answer, as the end of a sentence. */
export type ProbeResult = { kind: "server" } | { kind: "other" } | { kind: "silent"; words: string };

/** Without it, ngrok answers with its interstitial page (ngrok.com/docs). */
const HEADERS = { "ngrok-skip-browser-warning": "1", accept: "application/json" };

/** Sends one harmless GET. A warm-transfer server answers with its instance. @param origin scheme, host and port */
export async function probe(origin: string, timeoutMs: number): Promise<ProbeResult> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(`${origin}/healthz`, { headers: HEADERS, redirect: "manual", signal });
    const health = (await answer.json().catch(() => null)) as Partial<Health> | null;
    return { kind: typeof health?.instance === "string" ? "server" : "other" };
  } catch (thrown) {
    return { kind: "silent", words: networkTrouble(thrown).words };
  }
}
