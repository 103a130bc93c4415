import { updateProjectFile } from "../../config/project-file.ts";
import type { Context } from "../context.ts";
import { untilAborted } from "../terminal/interrupts.ts";
import { watchStories } from "../live/events.ts";
import { openView } from "../live/view.ts";
import type { ServiceDeps } from "../service/events.ts";
import type { ServicePlan } from "../service/plan.ts";
import { type Service, startService } from "../service/start-service.ts";
import { customerWords, maskedCustomer } from "../views/shown-numbers.ts";
import { startBanner } from "./banner.ts";
import { endService } from "./end-service.ts";
import { startedEvent } from "./ready-event.ts";
import { type ServiceReporter, createServiceReporter } from "./reporter.ts";

export interface ServeOptions {
  plan: ServicePlan;
  /** As in `Ending`. */
  drainMs: number | null;
  /** Show customers' numbers unmasked. */
  showNumbers: boolean;
  confirmPointing: ServiceDeps["confirmPointing"];
}

async function showCalls(
  service: Service,
  { drainMs, showNumbers }: ServeOptions,
  context: Context,
  reporter: ServiceReporter,
): Promise<number> {
  const { output, interrupted } = context;
  const { server } = service;
  const nameCustomer = showNumbers ? customerWords : maskedCustomer;
  const ready = await startedEvent(service);
  output.event(ready);
  for (const line of startBanner(ready, output.paint)) output.line(line);
  const view = openView({ server, output, nameCustomer, known: await server.calls() });
  reporter.goLive(service, view);
  watchStories(server, view.show, nameCustomer);
  await untilAborted(interrupted);
  return endService({ service, view, drainMs }, context);
}

/**
 * Serves calls until Ctrl-C.
 * @returns the exit code: 0 for an orderly stop
 * @throws AppError, InterruptedError: nothing runs then
 */
export async function serveCalls(options: ServeOptions, context: Context): Promise<number> {
  const { output, interrupted, shutdown, env, cwd } = context;
  const reporter = createServiceReporter(output);
  const service = await startService(options.plan, {
    onEvent: reporter.onEvent,
    onError: reporter.onError,
    onWait: (what) => output.info(`Waiting for ${what} …`),
    confirmPointing: options.confirmPointing,
    saveAgents: async (agents) => void (await updateProjectFile(cwd, { agents: [...agents] })),
    interrupted,
    shutdown,
    env,
  });
  try {
    return await showCalls(service, options, context, reporter);
  } finally {
    await service.close();
  }
}
