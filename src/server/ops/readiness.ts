import type { CallId } from "../../call/types.ts";
import { type AppError, toAppError } from "../../errors.ts";
import type { ServerContext } from "../context.ts";
import type { Readiness } from "../control-api.ts";
import { within } from "../webhooks/within.ts";

const STORE_ANSWERS_WITHIN_MS = 2_000;
/** No call has this id: the store answers, and returns nothing. */
const NOBODY = `CA${"0".repeat(32)}` as CallId;

/** In words for everybody: without the path of the store's file. */
const STORE_REASONS: Record<string, string> = {
  "store-full": "The disk of the store is full.",
  "store-locked": "Another program locks the store.",
  "store-read-only": "The store cannot be written.",
  "store-damaged": "The store is damaged.",
  timeout: "The store does not answer.",
};

type Sources = Pick<ServerContext, "coordinator" | "probeStore" | "isReachable" | "acceptsCalls">;

/** Reads, and finds out whether records can be saved. */
async function troubleOf({ coordinator, probeStore }: Sources): Promise<AppError | undefined> {
  try {
    await within(STORE_ANSWERS_WITHIN_MS, coordinator.get(NOBODY));
    return await within(STORE_ANSWERS_WITHIN_MS, probeStore());
  } catch (thrown) {
    return toAppError(thrown);
  }
}

/** Whether the server can take calls now, and if not, why. */
export async function readiness(context: Sources): Promise<Readiness> {
  const missing: Readiness["missing"] = [];
  const reasons: string[] = [];
  const lack = (what: Readiness["missing"][number], reason: string): void => {
    missing.push(what);
    reasons.push(reason);
  };
  const trouble = await troubleOf(context);
  if (trouble)
    lack(
      "store",
      STORE_REASONS[trouble.code ?? trouble.category] ?? "The store fails: the server's log says why.",
    );
  if (!context.isReachable()) lack("public-url", "Twilio cannot reach this server yet.");
  if (!context.acceptsCalls()) lack("acceptance", "The server is stopping and takes no new calls.");
  return { status: missing.length === 0 ? "ready" : "not-ready", missing, reasons };
}
