import type { CallId } from "../../call/types.ts";
import type { ServerContext } from "../context.ts";
import type { Readiness } from "../control-api.ts";
import { within } from "../webhooks/within.ts";

const STORE_ANSWERS_WITHIN_MS = 2_000;
/** A call that there is not: the store is asked, and nothing is read. */
const NOBODY = `CA${"0".repeat(32)}` as CallId;

async function storeAnswers({ coordinator }: Pick<ServerContext, "coordinator">): Promise<boolean> {
  return within(STORE_ANSWERS_WITHIN_MS, coordinator.get(NOBODY)).then(
    () => true,
    () => false,
  );
}

/** Whether customers who call now can be served, and if not, why. */
export async function readiness(
  context: Pick<ServerContext, "coordinator" | "isReachable" | "acceptsCalls">,
): Promise<Readiness> {
  const missing: Readiness["missing"] = [];
  if (!(await storeAnswers(context))) missing.push("store");
  if (!context.isReachable()) missing.push("public-url");
  if (!context.acceptsCalls()) missing.push("acceptance");
  return { status: missing.length === 0 ? "ready" : "not-ready", missing };
}
