import { fileURLToPath } from "node:url";
import type { Clock } from "../call/ports.ts";
import { newStory } from "../call/story.ts";
import type { AgentId } from "../call/types.ts";
import { assertConfig, type Config } from "../config/config.ts";
import { assertPublicUrl } from "../config/public-url.ts";
import type { AppError } from "../errors.ts";
import type { Log } from "../log/log.ts";
import type { ServerContext } from "../server/context.ts";
import type { AgentEntry, CallView, WatchEvents } from "../server/control-api.ts";
import { listen, type Listening } from "../server/listen.ts";
import { createOps } from "../server/ops/ops.ts";
import { serve } from "../server/serve.ts";
import { callView, customerView, storyEntryView } from "../server/views/call-view.ts";
import { memoryStores, openStores, type Stores } from "../store/stores.ts";
import { createPublicUrl, type PublicUrl } from "../twilio/addresses.ts";
import { localOrigin } from "../twilio/rest/client.ts";
import { createVerifyWebhook } from "../twilio/webhooks/form.ts";
import { byTimer, type Every } from "../wire/stream.ts";
import { type ContextDeps, createContext } from "./context.ts";
import { type Reporting, reportingFor } from "./log.ts";
import { createSystemClock, type SystemClock } from "./system-clock.ts";

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

function runningServer(context: ServerContext, controls: Controls): RunningServer {
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

export interface ServerDeps {
  clock?: Clock & Partial<SystemClock>;
  /** Times the pings of agents' windows. */
  every?: Every;
  /** Folder of the built agent page. */
  pagesDir?: string;
  /** Saves the list when an operator changes it; awaited before the change takes effect. */
  saveAgents?: (agents: readonly { id: string; name: string }[]) => Promise<void>;
  /** Stays open when the server stops. Default: warnings and errors to standard error, or nowhere with `onError`. */
  log?: Log;
  /** Called with errors of the server and of Twilio. Messages have no secrets and no whole numbers. */
  onError?: (error: AppError) => void;
  /**
   * Replaces `Config.storeUrl`, so that a test can restart a server on the same stores. The caller closes them. Missing ones
   * are in memory.
   */
  stores?: Partial<Stores>;
}

/** The same folder whether this file runs from `src` or from `dist`. */
const PAGES_DIR = fileURLToPath(new URL("../../dist/agent-page", import.meta.url));

/** The given stores, which stay open when the server stops, or those of the configuration. */
async function storesFor(
  config: Config,
  clock: Clock,
  given: Partial<Stores> | undefined,
  warn: (warning: AppError) => void,
): Promise<Stores> {
  const now = (): number => clock.date();
  if (!given) return openStores(config.storeUrl, { now, warn });
  return { ...memoryStores({ now }, given), close: async () => {} };
}

/** Runs `work` with a resource, and closes the resource if `work` fails. */
async function holding<Held extends { close(): Promise<void> }, Result>(
  held: Held,
  work: (held: Held) => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await work(held);
  } catch (error) {
    await held.close();
    throw error;
  }
}

interface Parts extends Pick<ContextDeps, "pagesDir" | "saveAgents" | "stores" | "every"> {
  clock: Clock & Partial<SystemClock>;
  reporting: Reporting;
}

function serveOn(listening: Listening, config: Config, parts: Parts): RunningServer {
  const { language, greeting } = config;
  const { log, onError } = parts.reporting;
  const publicUrl = createPublicUrl(config.publicUrl ?? listening.url);
  const { signals, metrics, watch } = createOps(log);
  let isOpen = true;
  const acceptsCalls = (): boolean => isOpen;
  const contextDeps = { ...parts, listening, publicUrl, acceptsCalls, signals, metrics, onError };
  const context = createContext(config, contextDeps);
  parts.clock.followWhile?.(() => !context.coordinator.hasCalls());
  const stopWatching = watch(context);
  const serving = serve(listening, context, {
    voice: () => ({ urls: publicUrl.urls(), language, greeting }),
    verify: createVerifyWebhook({ ...config, publicUrls: publicUrl.known }),
    onWebhook: signals.webhook,
  });
  return runningServer(context, {
    listening,
    publicUrl,
    log,
    agents: async () => serving.agents(),
    refuseCalls: () => void (isOpen = false),
    async close() {
      await serving.stop();
      await context.close();
      stopWatching();
      await parts.stores.close();
      log.info("server stopped", { instance: context.instance });
      await parts.reporting.close();
    },
  });
}

/**
 * Starts the webhook server on loopback.
 * @throws AppError config when a setting is wrong, the port is taken or the store cannot be used, conflict when another
 *   server has the store; nothing is left listening or open
 */
export async function startServer(config: Config, deps: ServerDeps = {}): Promise<RunningServer> {
  assertConfig(config);
  if (config.twilioApiBaseUrl !== null) localOrigin(config.twilioApiBaseUrl);
  const { clock = createSystemClock(), pagesDir = PAGES_DIR, saveAgents = async () => {} } = deps;
  const { every = byTimer } = deps;
  return holding(await reportingFor(deps), async (reporting) =>
    holding(await storesFor(config, clock, deps.stores, reporting.onError), async (stores) => {
      await stores.sessions.endOthers(config.agents.map(({ id }) => id as AgentId));
      return holding(await listen(config.port), (listening) =>
        serveOn(listening, config, { clock, every, pagesDir, saveAgents, stores, reporting }),
      );
    }),
  );
}
