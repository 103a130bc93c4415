import type { CallId } from "../../call/types.ts";
import { type AppError, toAppError } from "../../errors.ts";
import type { ServerContext } from "../context.ts";
import type { Readiness } from "../control-api.ts";
import { within } from "../webhooks/within.ts";

const STORE_TIMEOUT_MS = 2_000;
/** No call has this SID, so the store returns nothing. */
const UNKNOWN_CALL = `CA${"0".repeat(32)}` as CallId;

/** Public, so they do not name the store's file. */
const STORE_REASONS: Record<string, string> = {
  "store-full": "The disk of the store is full.",
  "store-locked": "Another program locks the store.",
  "store-read-only": "The store cannot be written.",
  "store-damaged": "The store is damaged.",
  timeout: "The store does not answer.",
};

type Sources = Pick<ServerContext, "coordinator" | "probeStore" | "isReachable" | "acceptsCalls">;

/** Tests a read and a write. */
async function storeError({ coordinator, probeStore }: Sources): Promise<AppError | undefined> {
  try {
    await within(STORE_TIMEOUT_MS, coordinator.get(UNKNOWN_CALL));
    return await within(STORE_TIMEOUT_MS, probeStore());
  } catch (thrown) {
    return toAppError(thrown);
  }
}

export async function readiness(context: Sources): Promise<Readiness> {
  const missing: Readiness["missing"] = [];
  const reasons: string[] = [];
  const addMissing = (what: Readiness["missing"][number], reason: string): void => {
    missing.push(what);
    reasons.push(reason);
  };
  const error = await storeError(context);
  if (error)
    addMissing(
      "store",
      STORE_REASONS[error.code ?? error.category] ?? "The store fails: the server's log says why.",
    );
  if (!context.isReachable()) addMissing("public-url", "Twilio cannot reach this server yet.");
  if (!context.acceptsCalls()) addMissing("acceptance", "The server is stopping and takes no new calls.");
  return { status: missing.length === 0 ? "ready" : "not-ready", missing, reasons };
}
