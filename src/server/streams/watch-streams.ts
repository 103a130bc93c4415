import type { WebSocket } from "ws";
import { type AppError, toAppError } from "../../errors.ts";
import { newStory } from "../../call/story.ts";
import type { Coordinator } from "../../call/ports.ts";
import type { CallRecord } from "../../call/types.ts";
import type { CallView, WatchEvents } from "../control-api.ts";
import type { NameOf } from "../names.ts";
import { callSummary, callView } from "../views/call-view.ts";
import { storyEntryView } from "../views/story-view.ts";
import { CLOSE, messageText, openStream } from "./stream.ts";

export interface WatchStreams {
  /** Streams what happens in all calls from now on, after a snapshot of those that live. */
  open(socket: WebSocket): void;
  close(): void;
}

/** One change of a call, written once for all who watch. */
interface Change {
  call: CallRecord;
  messages: string[];
}

interface WatchDeps {
  coordinator: Pick<Coordinator, "live" | "onChange">;
  nameOf: NameOf;
  onError: (error: AppError) => void;
}

function write<Name extends keyof WatchEvents>(name: Name, event: WatchEvents[Name]): string {
  return messageText(name, JSON.stringify(event));
}

function writeChange(after: CallRecord, before: CallRecord | undefined, nameOf: NameOf): string[] {
  const view: CallView = callView(after, nameOf);
  const story = newStory(after, before).map((entry) =>
    write("story", {
      call: view.id,
      customerKind: view.customerKind,
      customerNumber: view.customerNumber,
      entry: storyEntryView(entry, nameOf),
    }),
  );
  return [write("call", view), ...story];
}

const isIn = (calls: readonly CallRecord[], { call }: Change): boolean =>
  calls.some(({ id, revision }) => id === call.id && revision >= call.revision);

/** Events for operators who watch all calls. They hear of each change once, in its order. */
export function createWatchStreams({ coordinator, nameOf, onError }: WatchDeps): WatchStreams {
  const watchers = new Set<(change: Change) => void>();
  const stop = coordinator.onChange((after, before) => {
    if (watchers.size === 0) return;
    const change = { call: after, messages: writeChange(after, before, nameOf) };
    for (const tell of watchers) tell(change);
  });

  return {
    open(socket) {
      // What changes while the calls are read waits until the snapshot is sent; what is in that is not told again.
      let kept: Change[] | undefined = [];
      const send = ({ messages }: Change): void => messages.forEach((message) => stream.send(message));
      const tell = (change: Change): void => (kept ? void kept.push(change) : send(change));
      const stream = openStream(socket, { closed: () => void watchers.delete(tell) });
      watchers.add(tell);
      const begin = (calls: CallRecord[]): void => {
        stream.send(write("snapshot", { calls: calls.map((call) => callSummary(call, nameOf)) }));
        kept?.filter((change) => !isIn(calls, change)).forEach(send);
        kept = undefined;
      };
      coordinator.live().then(begin, (error: unknown) => {
        onError(toAppError(error));
        stream.close(CLOSE.trouble, "The live calls could not be read.");
      });
    },
    close: stop,
  };
}
