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
import { createPublicUrl } from "../twilio/public-url.ts";
import { localOrigin } from "../twilio/rest/loopback.ts";
import { createVerifyWebhook } from "../twilio/webhooks/signature.ts";
import { type ContextDeps, createContext } from "./context.ts";
import { type Telling, tellingFor } from "./log.ts";
import { type RunningServer, runningServer } from "./running-server.ts";
import { type SystemClock, createSystemClock } from "./system-clock.ts";

export type { RunningServer } from "./running-server.ts";

export interface ServerDeps {
  clock?: Clock & Partial<SystemClock>;
  /** Folder of the built agent page. */
  pagesDir?: string;
  /** Keeps the list of agents when an operator changes it; awaited before the change takes effect. */
  saveAgents?: (agents: readonly { id: string; name: string }[]) => Promise<void>;
  /** Stays open when the server stops. Default: warnings and errors to standard error, or nowhere with `onError`. */
  log?: Log;
  /** Told what went wrong inside, or at Twilio; it has no secret and no whole number in its message. */
  onError?: (error: AppError) => void;
  /**
   * Used in place of `Config.storeUrl`, so that a test can start a server again on the same; whoever gives it closes it.
   * Parts that are left out are kept in memory.
   */
  stores?: Partial<Stores>;
}

/** The same folder whether this file runs from `src` or from `dist`. */
const PAGES_DIR = fileURLToPath(new URL("../../dist/agent-page", import.meta.url));

/** What a server keeps: what it was given, which stays open when it stops, or what its configuration names. */
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

/** Works with something open, and closes it if that fails. */
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

interface Parts extends Pick<ContextDeps, "pagesDir" | "saveAgents" | "stores"> {
  clock: Clock & Partial<SystemClock>;
  telling: Telling;
}

function serveOn(listening: Listening, config: Config, parts: Parts): RunningServer {
  const { language, greeting } = config;
  const { log, onError } = parts.telling;
  const publicUrl = createPublicUrl(config.publicUrl ?? listening.url);
  const { signals, metrics, watch } = createOps(log);
  let isOpen = true;
  const acceptsCalls = (): boolean => isOpen;
  const told = { ...parts, listening, publicUrl, acceptsCalls, signals, metrics, onError };
  const context = createContext(config, told);
  parts.clock.followWhile?.(() => !context.coordinator.hasCalls());
  const stopWatching = watch(context);
  const serving = serve(listening, context, {
    voice: () => ({ addresses: publicUrl.addresses(), language, greeting }),
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
      await parts.telling.close();
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
  return holding(await tellingFor(deps), async (telling) =>
    holding(await storesFor(config, clock, deps.stores, telling.onError), async (stores) => {
      await stores.sessions.endOthers(config.agents.map(({ id }) => id as AgentId));
      return holding(await listen(config.port), (listening) =>
        serveOn(listening, config, { clock, pagesDir, saveAgents, stores, telling }),
      );
    }),
  );
}
