import { updateProjectFile } from "../../config/project-file.ts";
import type { Context } from "../context.ts";
import { untilAborted } from "../terminal/interrupts.ts";
import { watchStories } from "../live/happenings.ts";
import { openView } from "../live/view.ts";
import type { ServiceDeps } from "../service/events.ts";
import type { ServicePlan } from "../service/plan.ts";
import { type Service, startService } from "../service/start-service.ts";
import { customerWords, maskedCustomer } from "../views/shown-numbers.ts";
import { startBanner } from "./banner.ts";
import { endService } from "./end-service.ts";
import { startedEvent } from "./ready-event.ts";
import { type Teller, createTeller } from "./teller.ts";

export interface ServeOptions {
  plan: ServicePlan;
  /** As in `Ending`. */
  drainMs: number | null;
  /** Show customers' numbers unmasked. */
  showNumbers: boolean;
  mayPoint: ServiceDeps["mayPoint"];
}

async function showCalls(
  service: Service,
  { drainMs, showNumbers }: ServeOptions,
  context: Context,
  teller: Teller,
): Promise<number> {
  const { output, asked } = context;
  const { server } = service;
  const nameCustomer = showNumbers ? customerWords : maskedCustomer;
  const ready = await startedEvent(service);
  output.event(ready);
  for (const line of startBanner(ready, output.paint)) output.line(line);
  const view = openView({ server, output, nameCustomer, known: await server.calls() });
  teller.goLive(service, view);
  watchStories(server, view.happened, nameCustomer);
  await untilAborted(asked);
  return endService({ service, view, drainMs }, context);
}

/**
 * Serves calls until Ctrl-C.
 * @returns the exit code: 0 for an orderly stop
 * @throws AppError, InterruptedError: nothing runs then
 */
export async function serveCalls(options: ServeOptions, context: Context): Promise<number> {
  const { output, asked, leaving, env, cwd } = context;
  const teller = createTeller(output);
  const service = await startService(options.plan, {
    tell: teller.tell,
    onError: teller.onError,
    waitFor: (what) => output.say(`Waiting for ${what} …`),
    mayPoint: options.mayPoint,
    saveAgents: async (agents) => void (await updateProjectFile(cwd, { agents: [...agents] })),
    asked,
    leaving,
    env,
  });
  try {
    return await showCalls(service, options, context, teller);
  } finally {
    await service.close();
  }
}
