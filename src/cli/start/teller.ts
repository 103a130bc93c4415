import type { LiveView } from "../live/view.ts";
import type { Output } from "../output.ts";
import type { ServiceDeps, ServiceEvent } from "../service/events.ts";
import type { Service } from "../service/start-service.ts";
import { serviceWords } from "../service/words.ts";
import { linkLines } from "./banner.ts";
import { signInLinks } from "./ready-event.ts";

/** Tells what a service does: on stderr while it starts, in the live view from then on. */
export interface Teller {
  tell: ServiceDeps["tell"];
  onError: ServiceDeps["onError"];
  /** The ready line is the first one for programs; what was done at Twilio follows it. */
  goLive: (service: Service, view: LiveView) => void;
}

type Moved = Extract<ServiceEvent, { event: "tunnel-changed" }>;

/** At another address the agents' pages are other ones, too. */
async function tellMove(event: Moved, { server }: Service, view: LiveView, output: Output): Promise<void> {
  const agents = await signInLinks(server);
  const lines = [
    serviceWords(event),
    "Agents sign in with other links now:",
    ...linkLines(agents, output.paint),
  ];
  view.tell({ ...event, agents }, lines.join("\n"));
}

/** Tells on stderr until `goLive` is called. */
export function createTeller(output: Output): Teller {
  const early: ServiceEvent[] = [];
  let live: { service: Service; view: LiveView } | undefined;
  return {
    tell(event) {
      if (live && event.event === "tunnel-changed")
        return void tellMove(event, live.service, live.view, output).catch(live.view.complain);
      if (live) return live.view.tell(event, serviceWords(event));
      early.push(event);
      output.say(serviceWords(event));
    },
    onError: (error) => (live?.view ?? output).complain(error),
    goLive(service, view) {
      live = { service, view };
      for (const event of early) if (event.event === "number-pointed") output.event(event);
    },
  };
}
