import { storyOf } from "../call/story.ts";
import type { CallRecord } from "../call/types.ts";
import type { StoryEntry } from "./control-api.ts";
import type { NameOf } from "./names.ts";

/** What a change has added to a call's story. A fact that came late may add an entry that is older than others. */
export function newStoryEntries(
  after: CallRecord,
  before: CallRecord | undefined,
  nameOf: NameOf,
): StoryEntry[] {
  const told = new Set(before ? storyOf(before, nameOf).map((entry) => JSON.stringify(entry)) : []);
  return storyOf(after, nameOf).filter((entry) => !told.has(JSON.stringify(entry)));
}
