import type { Verb } from "../twiml/verbs.ts";
import { fetchDocument } from "./fetch-document.ts";
import { DocumentError, type DocumentRequest, type Run, type VerbRunner } from "./run.ts";

/** How many documents may follow each other within a second: a loop without speech would never end. */
const MAX_HASTE = 100;
const HASTE_MS = 1_000;

async function runVerbs(
  run: Run,
  verbs: readonly Verb[],
  runVerb: VerbRunner,
): Promise<DocumentRequest | "hang-up" | "over"> {
  for (const verb of verbs) {
    const step = await runVerb(run, verb);
    run.signal.throwIfAborted();
    if (step.kind === "document") return step.request;
    if (step.kind === "hang-up") return "hang-up";
  }
  return "over";
}

/**
 * Runs documents one after another until one has no verb left (`over`) or hangs up.
 * Rejects with a DocumentError, or with the signal's reason when it is stopped.
 */
export async function runDocuments(
  run: Run,
  first: DocumentRequest | readonly Verb[],
  runVerb: VerbRunner,
): Promise<"hang-up" | "over"> {
  let next: DocumentRequest | readonly Verb[] = first;
  let since = run.core.clock.now();
  for (let haste = 0; ; haste++) {
    const verbs: readonly Verb[] = "url" in next ? await fetchDocument(run, next) : next;
    const result = await runVerbs(run, verbs, runVerb);
    if (typeof result === "string") return result;
    const now = run.core.clock.now();
    if (now - since >= HASTE_MS) [haste, since] = [0, now];
    if (haste >= MAX_HASTE)
      throw new DocumentError(11215, `${MAX_HASTE} redirects without a sound between them`, result.url);
    next = result;
  }
}
