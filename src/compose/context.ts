import { randomUUID } from "node:crypto";
import type { CallSettings } from "../call/decision.ts";
import type { Clock, Coordinator } from "../call/ports.ts";
import { createCoordinator } from "../call/running/coordinator.ts";
import type { AgentId } from "../call/types.ts";
import { type Config, failureSteps } from "../config/config.ts";
import { type AppError, toAppError } from "../errors.ts";
import { isLoopback } from "../loopback.ts";
import { type Presence, createPresence } from "../presence/presence.ts";
import { createSignInLinks } from "../server/auth/sign-in-links.ts";
import type { ServerContext } from "../server/context.ts";
import type { Listening } from "../server/listen.ts";
import type { Signals } from "../server/ops/signals.ts";
import { createSignatureWatch } from "../server/webhooks/webhooks.ts";
import { type Agent, createAgentDirectory } from "../store/agents.ts";
import type { Stores } from "../store/stores.ts";
import { TOKEN_TTL, createAccessToken } from "../twilio/access-token.ts";
import { clientIdentity, type PublicUrl } from "../twilio/addresses.ts";
import { localOrigin } from "../twilio/rest/client.ts";
import { createTelephony } from "../twilio/telephony.ts";

interface DomainDeps {
  clock: Clock;
  publicUrl: PublicUrl;
  stores: Stores;
  /** Gets each input, action and request. */
  signals: Signals;
  onError: (error: AppError) => void;
}

/** The policy for `decide`, with a default for each missing setting. */
export function callSettings(
  config: Pick<
    Config,
    | "ringSeconds"
    | "retryAfter"
    | "maxCallMinutes"
    | "tutorialFlags"
    | "grace"
    | "whenWindowGone"
    | "afterFailure"
  >,
): CallSettings {
  const { ringSeconds, retryAfter, maxCallMinutes, tutorialFlags = false, grace = 30_000 } = config;
  const { whenWindowGone = "announce" } = config;
  const afterFailure = failureSteps(config.afterFailure);
  return { ringSeconds, retryAfter, maxCallMinutes, tutorialFlags, grace, whenWindowGone, afterFailure };
}

function createDomain(
  config: Config,
  { clock, publicUrl, stores, signals, onError }: DomainDeps,
): { presence: Presence; coordinator: Coordinator } {
  const telephony = createTelephony({
    ...config,
    urls: publicUrl.urls,
    apiBaseUrl: config.twilioApiBaseUrl,
    generationOf: stores.sessions.generationOf,
    onRequest: signals.request,
  });
  const presence = createPresence(
    config.agents.map(({ id }) => id as AgentId),
    clock,
  );
  const coordinator = createCoordinator({
    store: stores.calls,
    telephony,
    presence,
    clock,
    settings: callSettings(config),
    observe: signals,
    onError: (error) => onError(toAppError(error)),
  });
  return { presence, coordinator };
}

export interface ContextDeps extends DomainDeps {
  listening: Pick<Listening, "url" | "port">;
  pagesDir: string;
  /** False while the server refuses new calls. */
  acceptsCalls: () => boolean;
  metrics: ServerContext["metrics"];
  every: ServerContext["every"];
  /** Awaited with the new list before a change takes effect. */
  saveAgents: (agents: readonly Agent[]) => Promise<void>;
}

const hostnameOf = (host: string): string =>
  URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : "";

export function createContext(config: Config, deps: ContextDeps): ServerContext & { close(): Promise<void> } {
  const { clock, publicUrl, listening, pagesDir, acceptsCalls, saveAgents, metrics, every, onError } = deps;
  const { sessionSecret: secret, operatorToken, twilioApiBaseUrl } = config;
  const { sessions } = deps.stores;
  const { presence, coordinator } = createDomain(config, deps);
  const agents = createAgentDirectory(config.agents as Agent[], { presence, save: saveAgents });
  const ownOrigins = new Set([listening.url, `http://localhost:${listening.port}`]);
  return {
    coordinator,
    endedCalls: (since) => deps.stores.calls.ended(since),
    probeStore: () => deps.stores.probe(),
    presence,
    agents,
    sessions,
    links: createSignInLinks({
      secret,
      publicUrl: publicUrl.current,
      now: () => clock.date(),
      generationOf: sessions.generationOf,
    }),
    nameOf: agents.nameOf,
    accessToken: async (agent) => ({
      token: createAccessToken(config, clientIdentity(agent, await sessions.generationOf(agent))),
      ttl: TOKEN_TTL,
      edge: config.edge ?? null,
    }),
    operatorToken,
    trustedProxies: config.trustedProxies ?? [],
    publicUrl: publicUrl.current,
    isOwnOrigin: (origin) => origin === publicUrl.current() || ownOrigins.has(origin),
    localTwilio: twilioApiBaseUrl === null ? null : localOrigin(twilioApiBaseUrl),
    pagesDir,
    isLocalHost: (host) => isLoopback(hostnameOf(host)),
    isReachable: () =>
      config.publicUrl !== null || twilioApiBaseUrl !== null || publicUrl.current() !== listening.url,
    number: config.number,
    transferMode: config.transferMode ?? "three-way",
    instance: randomUUID(),
    startedAt: clock.date(),
    acceptsCalls,
    metrics,
    signatures: createSignatureWatch(config.accountSid, { clock, onError }),
    now: clock.now,
    clock,
    every,
    onError,
    close: () => coordinator.close(),
  };
}
