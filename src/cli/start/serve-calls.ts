import { updateProjectFile } from "../../config/project-file.ts";
import { maskNumber } from "../../log.ts";
import type { Context } from "../context.ts";
import { untilAborted } from "../interrupts.ts";
import { watchStories } from "../live/happenings.ts";
import { type LiveView, openView } from "../live/view.ts";
import type { ServiceDeps, ServiceEvent } from "../service/events.ts";
import type { ServicePlan } from "../service/plan.ts";
import { type Service, startService } from "../service/start-service.ts";
import { serviceWords } from "../service/words.ts";
import { startBanner } from "./banner.ts";
import { endService } from "./end-service.ts";
import { startedEvent } from "./ready-event.ts";

export interface ServeOptions {
  plan: ServicePlan;
  /** As in `Ending`. */
  drainMs: number | null;
  /** Whole numbers in the table and the lines. */
  showNumbers: boolean;
  mayPoint: ServiceDeps["mayPoint"];
}

interface Teller {
  tell: ServiceDeps["tell"];
  onError: ServiceDeps["onError"];
  /** The ready line is the first one for programs; what was done at Twilio follows it. */
  goLive: (view: LiveView) => void;
}

/** Tells what a service does: on stderr while it starts, in the live view from then on. */
function createTeller({ output }: Context): Teller {
  const early: ServiceEvent[] = [];
  let view: LiveView | undefined;
  return {
    tell(event) {
      if (view) return view.tell(event, serviceWords(event));
      early.push(event);
      output.say(serviceWords(event));
    },
    onError: (error) => (view ?? output).complain(error),
    goLive(live) {
      view = live;
      for (const event of early) if (event.event === "number-pointed") output.event(event);
    },
  };
}

async function showCalls(
  service: Service,
  { drainMs, showNumbers }: ServeOptions,
  context: Context,
  goLive: (view: LiveView) => void,
): Promise<number> {
  const { output, asked } = context;
  const { server } = service;
  const nameCustomer = showNumbers ? (number: string) => number : maskNumber;
  const ready = await startedEvent(service);
  output.event(ready);
  for (const line of startBanner(ready, output.paint)) output.line(line);
  const view = openView({ server, output, nameCustomer });
  goLive(view);
  watchStories(server, (happening) => view.happened(happening), nameCustomer);
  await untilAborted(asked);
  return endService({ service, view, drainMs }, context);
}

/**
 * Serves customers' calls until it is asked to end.
 * @returns the exit code: 0 for an orderly end
 * @throws AppError what is wrong and what to type; InterruptedError. Nothing runs then
 */
export async function serveCalls(options: ServeOptions, context: Context): Promise<number> {
  const { output, asked, leaving, env, cwd } = context;
  const { tell, onError, goLive } = createTeller(context);
  const service = await startService(options.plan, {
    tell,
    onError,
    waitFor: (what) => output.say(`waiting for ${what} …`),
    mayPoint: options.mayPoint,
    saveAgents: async (agents) => void (await updateProjectFile(cwd, { agents: [...agents] })),
    asked,
    leaving,
    env,
  });
  try {
    return await showCalls(service, options, context, goLive);
  } finally {
    await service.close();
  }
}
