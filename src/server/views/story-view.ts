import type { StoryEntry } from "../../call/story.ts";
import type { StoryEntry as StoryEntryView } from "../control-api.ts";
import type { NameOf } from "../names.ts";

export function storyEntryView(entry: StoryEntry, nameOf: NameOf): StoryEntryView {
  return { ...entry, agentName: entry.agent === null ? null : nameOf(entry.agent) };
}
