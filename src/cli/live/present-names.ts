import type { StoryEntry } from "../../server/control-api.ts";

/** The people in a call: names by label, the customer first. */
export type PresentNames = ReadonlyMap<string, string>;

type Entry = Pick<StoryEntry, "event" | "label" | "agentName">;

export function applyEntry(before: PresentNames, { event, label, agentName }: Entry): PresentNames {
  const after = new Map(before);
  if (event === "customer-called") after.set("customer", "customer");
  if (event === "customer-left") after.delete("customer");
  if (event === "agent-joined" && label !== null) after.set(label, agentName ?? label);
  if (event === "agent-left" && label !== null) after.delete(label);
  return event === "call-ended" ? new Map() : after;
}
