import { fileURLToPath } from "node:url";
import type { Clock } from "../call/ports.ts";
import { type Config, assertConfig } from "../config/config.ts";
import type { AppError } from "../errors.ts";
import { createErrorLog } from "../log.ts";
import { listen } from "../server/listen.ts";
import { serve } from "../server/serve.ts";
import { createPublicUrl } from "../twilio/public-url.ts";
import { localOrigin } from "../twilio/rest/loopback.ts";
import { createVerifyWebhook } from "../twilio/webhooks/signature.ts";
import { createContext } from "./context.ts";
import { type RunningServer, runningServer } from "./running-server.ts";
import { systemClock } from "./system-clock.ts";

export type { RunningServer } from "./running-server.ts";

export interface ServerDeps {
  clock?: Clock;
  /** Folder of the built agent page. */
  pagesDir?: string;
  /** Keeps the list of agents when an operator changes it; awaited before the change takes effect. */
  saveAgents?: (agents: readonly { id: string; name: string }[]) => Promise<void>;
  /** Told what went wrong inside, or at Twilio; it has no secret and no whole number in its message. */
  onError?: (error: AppError) => void;
}

/** The same folder whether this file runs from `src` or from `dist`. */
const PAGES_DIR = fileURLToPath(new URL("../../dist/agent-page", import.meta.url));

/**
 * Starts the webhook server on loopback.
 * @throws AppError config when a setting is wrong or the port is taken; nothing is left listening
 */
export async function startServer(config: Config, deps: ServerDeps = {}): Promise<RunningServer> {
  assertConfig(config);
  const { language, greeting, twilioApiBaseUrl } = config;
  if (twilioApiBaseUrl !== null) localOrigin(twilioApiBaseUrl);
  const { clock = systemClock, pagesDir = PAGES_DIR, onError = await createErrorLog() } = deps;
  const { saveAgents = async () => {} } = deps;
  const listening = await listen(config.port);
  const publicUrl = createPublicUrl(config.publicUrl ?? listening.url);
  let isOpen = true;
  const acceptsCalls = (): boolean => isOpen;
  const context = createContext(config, {
    clock,
    listening,
    publicUrl,
    pagesDir,
    acceptsCalls,
    saveAgents,
    onError,
  });
  const serving = serve(listening, context, {
    voice: () => ({ addresses: publicUrl.addresses(), language, greeting }),
    verify: createVerifyWebhook({ ...config, publicUrls: publicUrl.known }),
  });
  return runningServer(context, {
    listening,
    publicUrl,
    agents: () => serving.agents(),
    refuseCalls: () => void (isOpen = false),
    async close() {
      await serving.stop();
      await context.close();
    },
  });
}
