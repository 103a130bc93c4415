import type { ServerResponse } from "node:http";
import { newStory } from "../../call/story.ts";
import type { Coordinator } from "../../call/ports.ts";
import type { CallRecord } from "../../call/types.ts";
import type { CallView, WatchEvents } from "../control-api.ts";
import type { NameOf } from "../names.ts";
import { callSummary, callView } from "../views/call-view.ts";
import { storyEntryView } from "../views/story-view.ts";
import { type EventStream, eventText, openEventStream } from "./event-stream.ts";

export interface WatchStreams {
  /** Streams what happens in all calls from now on, after a snapshot of those that live. */
  open(response: ServerResponse): Promise<void>;
  close(): void;
}

/** One change of a call, written once for all who watch. */
interface Change {
  call: CallRecord;
  events: string;
}

interface WatchDeps {
  coordinator: Pick<Coordinator, "live" | "onChange">;
  nameOf: NameOf;
}

interface Watcher {
  tell(change: Change): void;
  close(): void;
}

function write<Name extends keyof WatchEvents>(name: Name, event: WatchEvents[Name]): string {
  return eventText(name, JSON.stringify(event));
}

function writeChange(after: CallRecord, before: CallRecord | undefined, nameOf: NameOf): string {
  const view: CallView = callView(after, nameOf);
  const story = newStory(after, before).map((entry) =>
    write("story", {
      call: view.id,
      customerKind: view.customerKind,
      customerNumber: view.customerNumber,
      entry: storyEntryView(entry, nameOf),
    }),
  );
  return [write("call", view), ...story].join("");
}

const isIn = (calls: readonly CallRecord[], { call }: Change): boolean =>
  calls.some(({ id, revision }) => id === call.id && revision >= call.revision);

/** Events for operators who watch all calls. They hear of each change once, in its order. */
export function createWatchStreams({ coordinator, nameOf }: WatchDeps): WatchStreams {
  const watchers = new Set<Watcher>();
  const stop = coordinator.onChange((after, before) => {
    if (watchers.size === 0) return;
    const change = { call: after, events: writeChange(after, before, nameOf) };
    for (const watcher of watchers) watcher.tell(change);
  });

  return {
    async open(response) {
      // What changes while the calls are read waits until the snapshot is sent; what is in that is not told again.
      const kept: Change[] = [];
      let stream: EventStream | undefined;
      const watcher: Watcher = {
        tell: (change) => (stream ? stream.send(change.events) : void kept.push(change)),
        close: () => (stream ? stream.close() : void response.end()),
      };
      const forget = (): void => void watchers.delete(watcher);
      watchers.add(watcher);
      try {
        const calls = await coordinator.live();
        if (response.writableEnded) return forget();
        stream = openEventStream(response, forget);
        stream.send(write("snapshot", { calls: calls.map((call) => callSummary(call, nameOf)) }));
        for (const change of kept) if (!isIn(calls, change)) stream.send(change.events);
      } catch (error) {
        forget();
        throw error;
      }
    },
    close() {
      stop();
      for (const watcher of watchers) watcher.close();
    },
  };
}
