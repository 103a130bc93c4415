import { createCoordinator } from "../call/running/coordinator.ts";
import type { Clock, Coordinator } from "../call/ports.ts";
import type { CallSettings } from "../call/decision.ts";
import type { AgentId } from "../call/types.ts";
import { type Config, failureSteps } from "../config/config.ts";
import { type AppError, toAppError } from "../errors.ts";
import type { Signals } from "../server/ops/signals.ts";
import { type Presence, createPresence } from "../presence/presence.ts";
import type { Stores } from "../store/stores.ts";
import type { PublicUrl } from "../twilio/urls.ts";
import type { IdentityOf } from "../twilio/parties.ts";
import { createTelephony } from "../twilio/telephony.ts";

export interface DomainDeps {
  clock: Clock;
  publicUrl: PublicUrl;
  stores: Stores;
  identityOf: IdentityOf;
  /** Gets each input, action and request. */
  signals: Signals;
  onError: (error: AppError) => void;
}

/** What `decide` is told, with a value for each setting that may be missing. */
function settingsOf(config: Config): CallSettings {
  const { ringSeconds, retryAfter, maxCallMinutes, tutorialFlags = false, grace = 30_000 } = config;
  const afterFailure = failureSteps(config.afterFailure);
  return { ringSeconds, retryAfter, maxCallMinutes, tutorialFlags, grace, afterFailure };
}

export function createDomain(
  config: Config,
  { clock, publicUrl, stores, identityOf, signals, onError }: DomainDeps,
): { presence: Presence; coordinator: Coordinator } {
  const telephony = createTelephony({
    ...config,
    urls: publicUrl.urls,
    apiBaseUrl: config.twilioApiBaseUrl,
    identityOf,
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
    settings: settingsOf(config),
    observe: signals,
    onError: (error) => onError(toAppError(error)),
  });
  return { presence, coordinator };
}
