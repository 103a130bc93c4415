import { fileURLToPath } from "node:url";
import { createCoordinator } from "../call/coordinator.ts";
import type { Clock } from "../call/ports.ts";
import { newStory } from "../call/story.ts";
import type { AgentId } from "../call/types.ts";
import { type Config, assertConfig } from "../config/config.ts";
import { AppError, toAppError } from "../errors.ts";
import { createErrorLog } from "../log.ts";
import { createSignInLinks } from "../server/auth/sign-in-links.ts";
import type { ServerContext } from "../server/context.ts";
import type { CallView, WatchEvents } from "../server/control-api.ts";
import { listen } from "../server/listen.ts";
import { createNameOf } from "../server/names.ts";
import { serve } from "../server/serve.ts";
import { callView, customerNumberOf } from "../server/views/call-view.ts";
import { storyEntryView } from "../server/views/story-view.ts";
import { createCallStore } from "../store/call-store.ts";
import { createPresence } from "../store/presence.ts";
import { createSessionStore } from "../store/sessions.ts";
import { TOKEN_TTL, createAccessToken } from "../twilio/access-token.ts";
import { createAddresses } from "../twilio/addresses.ts";
import { localOrigin } from "../twilio/rest/loopback.ts";
import { createTelephony } from "../twilio/telephony.ts";
import { createVerifyWebhook } from "../twilio/webhooks/signature.ts";

/** A server that listens. */
export interface RunningServer {
  /** As in `Config.publicUrl`, resolved. */
  readonly url: string;
  /** A link that signs an agent in, valid for 12 hours. @throws AppError not-found for an unknown agent */
  signInLink(agent: string): Promise<string>;
  /** Each new entry of each call's story. Returns the way to stop. */
  onStory(listener: (event: WatchEvents["story"]) => void): () => void;
  /** Live calls, oldest first. */
  calls(): Promise<CallView[]>;
  /** Resolves when no input waits and no action is under way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface ServerDeps {
  clock?: Clock;
  /** Folder of the built agent page. */
  pagesDir?: string;
  /** Told what went wrong inside, or at Twilio; it has no secret and no whole number in its message. */
  onError?: (error: AppError) => void;
}

const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, fn) {
    const timer = setTimeout(fn, ms).unref();
    return { cancel: () => clearTimeout(timer) };
  },
};

/** The same folder whether this file runs from `src` or from `dist`. */
const PAGES_DIR = fileURLToPath(new URL("../../dist/agent-page", import.meta.url));

type ResolvedConfig = Config & { publicUrl: string };

function createDomain(config: ResolvedConfig, clock: Clock, onError: (error: AppError) => void) {
  const telephony = createTelephony({ ...config, apiBaseUrl: config.twilioApiBaseUrl });
  const presence = createPresence(
    config.agents.map(({ id }) => id as AgentId),
    clock,
  );
  const coordinator = createCoordinator({
    store: createCallStore(),
    telephony,
    presence,
    clock,
    settings: config,
    onError: (error) => onError(toAppError(error)),
  });
  return { presence, coordinator };
}

function createContext(
  config: ResolvedConfig,
  port: number,
  deps: Required<ServerDeps>,
): ServerContext & { close(): Promise<void> } {
  const { clock, pagesDir, onError } = deps;
  const { publicUrl, operatorToken } = config;
  const now = (): number => clock.now();
  const { presence, coordinator } = createDomain(config, clock, onError);
  return {
    coordinator,
    presence,
    sessions: createSessionStore(undefined, now),
    links: createSignInLinks({ secret: config.sessionSecret, publicUrl, now }),
    nameOf: createNameOf(config.agents),
    accessToken: (agent) => ({ token: createAccessToken(config, agent), ttl: TOKEN_TTL }),
    operatorToken,
    publicUrl,
    origins: new Set([publicUrl, `http://127.0.0.1:${port}`, `http://localhost:${port}`]),
    localTwilio: config.twilioApiBaseUrl === null ? null : localOrigin(config.twilioApiBaseUrl),
    pagesDir,
    now,
    onError,
    close: () => coordinator.close(),
  };
}

function runningServer(context: ServerContext, close: () => Promise<void>): RunningServer {
  const { coordinator, presence, links, nameOf, publicUrl } = context;
  let closing: Promise<void> | undefined;
  return {
    url: publicUrl,
    async signInLink(agent) {
      if (presence.all().includes(agent as AgentId)) return links.create(agent as AgentId);
      throw new AppError("not-found", `There is no agent "${agent}".`, {
        hint: `Choose one of: ${presence.all().join(", ")}.`,
      });
    },
    onStory: (listener) =>
      coordinator.onChange((after, before) => {
        for (const entry of newStory(after, before))
          listener({
            call: after.id,
            customerNumber: customerNumberOf(after),
            entry: storyEntryView(entry, nameOf),
          });
      }),
    calls: async () => (await coordinator.live()).map((call) => callView(call, nameOf)),
    idle: () => coordinator.idle(),
    close: () => (closing ??= close()),
  };
}

/**
 * Starts the webhook server on loopback.
 * @throws AppError config when a setting is wrong or the port is taken; nothing is left listening
 */
export async function startServer(config: Config, deps: ServerDeps = {}): Promise<RunningServer> {
  assertConfig(config);
  if (config.twilioApiBaseUrl !== null) localOrigin(config.twilioApiBaseUrl);
  const { clock = systemClock, pagesDir = PAGES_DIR, onError = await createErrorLog() } = deps;
  const listening = await listen(config.port);
  const resolved = { ...config, publicUrl: config.publicUrl ?? listening.url };
  const context = createContext(resolved, listening.port, { clock, pagesDir, onError });
  const stopServing = serve(listening, context, {
    voice: { addresses: createAddresses(resolved.publicUrl), language: config.language },
    verify: createVerifyWebhook(resolved),
  });
  return runningServer(context, async () => {
    await stopServing();
    await context.close();
  });
}
