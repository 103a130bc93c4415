import { newStory } from "../call/story.ts";
import { assertPublicUrl } from "../config/public-url.ts";
import type { Log } from "../log/log.ts";
import type { ServerContext } from "../server/context.ts";
import type { AgentEntry, CallView, WatchEvents } from "../server/control-api.ts";
import type { Listening } from "../server/listen.ts";
import { callView, customerView, storyEntryView } from "../server/views/call-view.ts";
import type { PublicUrl } from "../twilio/urls.ts";

export interface RunningServer {
  /** The URL for Twilio: from `setPublicUrl`, else `Config.publicUrl`, else `localUrl`. */
  readonly url: string;
  /** `http://127.0.0.1:PORT` */
  readonly localUrl: string;
  readonly port: number;
  /** New with each start. `GET /healthz` returns it, so that commands recognize the server. */
  readonly instance: string;
  /** The server's clock, in ms since 1970, which dates calls. */
  now(): number;
  /**
   * Sets the URL for Twilio. Earlier URLs stay valid.
   * @throws AppError config for anything but a host over TLS or on loopback
   */
  setPublicUrl(url: string): void;
  /** New callers hear an apology; live calls continue. */
  refuseCalls(): void;
  /** A link that signs an agent in, valid for 12 hours. @throws AppError not-found for an unknown agent */
  signInLink(agent: string): Promise<string>;
  /** Called with each new story entry of each call. Returns a function that stops. */
  onStory(listener: (event: WatchEvents["story"]) => void): () => void;
  /** Live calls, oldest first. */
  calls(): Promise<CallView[]>;
  /** In ringing order. */
  agents(): Promise<AgentEntry[]>;
  /** Called after each change of a call or of presence. Returns a function that stops. */
  onChange(listener: () => void): () => void;
  /** Resolves when no input waits and no action runs. */
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
