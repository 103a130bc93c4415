import { newStory } from "../call/story.ts";
import { assertPublicUrl } from "../config/public-url.ts";
import type { Log } from "../log/log.ts";
import type { ServerContext } from "../server/context.ts";
import type { AgentEntry, CallView, WatchEvents } from "../server/control-api.ts";
import type { Listening } from "../server/listen.ts";
import { callView } from "../server/views/call-view.ts";
import { customerView } from "../server/views/customer-view.ts";
import { storyEntryView } from "../server/views/story-view.ts";
import type { PublicUrl } from "../twilio/public-url.ts";

/** A server that listens. */
export interface RunningServer {
  /** Where Twilio reaches it now: `Config.publicUrl`, what `setPublicUrl` was given, else `localUrl`. */
  readonly url: string;
  /** `http://127.0.0.1:PORT` */
  readonly localUrl: string;
  readonly port: number;
  /** New with each start; `GET /healthz` tells it, so that a server is known again. */
  readonly instance: string;
  /** The server's clock, in ms since 1970: times of calls are by it. */
  now(): number;
  /**
   * Says where Twilio reaches the server from now on. What Twilio was told before stays valid.
   * @throws AppError config for anything but a host over TLS or on loopback
   */
  setPublicUrl(url: string): void;
  /** Customers who call from now on hear an apology; calls that live go on. */
  refuseCalls(): void;
  /** A link that signs an agent in, valid for 12 hours. @throws AppError not-found for an unknown agent */
  signInLink(agent: string): Promise<string>;
  /** Each new entry of each call's story. Returns the way to stop. */
  onStory(listener: (event: WatchEvents["story"]) => void): () => void;
  /** Live calls, oldest first. */
  calls(): Promise<CallView[]>;
  /** In the order in which they are rung. */
  agents(): Promise<AgentEntry[]>;
  /** Called after any change of a call or of who is there. Returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** Resolves when no input waits and no action is under way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

async function signInLink({ agents, links }: ServerContext, agent: string): Promise<string> {
  return (await links.create(agents.known(agent))).link;
}

interface Controls {
  listening: Pick<Listening, "url" | "port">;
  publicUrl: PublicUrl;
  log: Log;
  agents: () => Promise<AgentEntry[]>;
  refuseCalls: () => void;
  close: () => Promise<void>;
}

/** A server as whoever started it sees it. */
export function runningServer(context: ServerContext, controls: Controls): RunningServer {
  const { coordinator, nameOf, instance } = context;
  const { listening, publicUrl, log, agents, refuseCalls, close } = controls;
  let closing: Promise<void> | undefined;
  log.info("server started", { instance, port: listening.port, url: publicUrl.current() });
  return {
    get url() {
      return publicUrl.current();
    },
    localUrl: listening.url,
    port: listening.port,
    instance,
    now: context.now,
    setPublicUrl(url) {
      assertPublicUrl(url);
      if (!publicUrl.change(url)) return;
      log.info("public URL changed", { url });
      coordinator.distrustCallbacks();
    },
    refuseCalls() {
      refuseCalls();
      log.info("new calls are refused");
    },
    signInLink: (agent) => signInLink(context, agent),
    onStory: (listener) =>
      coordinator.onChange((after, before) => {
        for (const entry of newStory(after, before))
          listener({
            call: after.id,
            ...customerView(after),
            entry: storyEntryView(entry, nameOf),
          });
      }),
    calls: async () => (await coordinator.live()).map((call) => callView(call, nameOf)),
    agents,
    onChange(listener) {
      const stops = [context.coordinator.onChange(() => listener()), context.presence.onChange(listener)];
      return () => stops.forEach((stop) => stop());
    },
    idle: () => coordinator.idle(),
    close: () => (closing ??= close()),
  };
}
