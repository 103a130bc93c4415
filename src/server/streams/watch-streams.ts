import type { WebSocket } from "ws";
import { type AppError, toAppError } from "../../errors.ts";
import { newStory } from "../../call/story.ts";
import type { Coordinator } from "../../call/ports.ts";
import type { CallRecord } from "../../call/types.ts";
import type { CallView, WatchEvents } from "../control-api.ts";
import { type NameOf, callSummary, callView, storyEntryView } from "../views/call-view.ts";
import { CLOSE, messageText, openStream } from "./stream.ts";

export interface WatchStreams {
  /** Sends a snapshot of the live calls, then every change of a call. */
  open(socket: WebSocket): void;
  close(): void;
}

/** One change of a call, serialized once for all watchers. */
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

/** Each watcher gets each change once, in order. */
export function createWatchStreams({ coordinator, nameOf, onError }: WatchDeps): WatchStreams {
  const watchers = new Set<(change: Change) => void>();
  const stop = coordinator.onChange((after, before) => {
    if (watchers.size === 0) return;
    const change = { call: after, messages: writeChange(after, before, nameOf) };
    for (const send of watchers) send(change);
  });

  return {
    open(socket) {
      // Changes during the read wait for the snapshot. Those that it contains are dropped.
      let queued: Change[] | undefined = [];
      const send = ({ messages }: Change): void => messages.forEach((message) => stream.send(message));
      const sendOrQueue = (change: Change): void => (queued ? void queued.push(change) : send(change));
      const stream = openStream(socket, { closed: () => void watchers.delete(sendOrQueue) });
      watchers.add(sendOrQueue);
      const begin = (calls: CallRecord[]): void => {
        stream.send(write("snapshot", { calls: calls.map((call) => callSummary(call, nameOf)) }));
        queued?.filter((change) => !isIn(calls, change)).forEach(send);
        queued = undefined;
      };
      coordinator.live().then(begin, (error: unknown) => {
        onError(toAppError(error));
        stream.close(CLOSE.trouble, "The live calls could not be read.");
      });
    },
    close: stop,
  };
}
