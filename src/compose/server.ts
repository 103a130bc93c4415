import { fileURLToPath } from "node:url";
import type { Clock } from "../call/ports.ts";
import type { AgentId } from "../call/types.ts";
import { type Config, assertConfig } from "../config/config.ts";
import type { AppError } from "../errors.ts";
import type { Log } from "../log/log.ts";
import { type Listening, listen } from "../server/listen.ts";
import { createOps } from "../server/ops/ops.ts";
import { serve } from "../server/serve.ts";
import { type Stores, memoryStores, openStores } from "../store/stores.ts";
import { type Every, byTimer } from "../wire/pulse.ts";
import { createPublicUrl } from "../twilio/urls.ts";
import { localOrigin } from "../twilio/rest/client.ts";
import { createVerifyWebhook } from "../twilio/webhooks/signature.ts";
import { type ContextDeps, createContext } from "./context.ts";
import { type Reporting, reportingFor } from "./log.ts";
import { type RunningServer, runningServer } from "./running-server.ts";
import { type SystemClock, createSystemClock } from "./system-clock.ts";

export type { RunningServer } from "./running-server.ts";

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
    agents: () => serving.agents(),
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
