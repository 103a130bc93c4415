import type { LiveView } from "../live/view.ts";
import type { Output } from "../terminal/output.ts";
import type { ServiceDeps, ServiceEvent } from "../service/events.ts";
import type { Service } from "../service/start-service.ts";
import { serviceWords } from "../service/words.ts";
import { linkLines } from "./banner.ts";
import { signInLinks } from "./ready-event.ts";

/** Prints a service's events: on stderr while it starts, then in the live view. */
export interface ServiceReporter {
  onEvent: ServiceDeps["onEvent"];
  onError: ServiceDeps["onError"];
  /** With `--json` the ready line comes first; the changes at Twilio follow. */
  goLive: (service: Service, view: LiveView) => void;
}

type TunnelChanged = Extract<ServiceEvent, { event: "tunnel-changed" }>;

async function reportTunnelChange(
  event: TunnelChanged,
  { server }: Service,
  view: LiveView,
  output: Output,
): Promise<void> {
  const agents = await signInLinks(server);
  const lines = [serviceWords(event), "Agents need new sign-in links:", ...linkLines(agents, output.paint)];
  view.announce({ ...event, agents }, lines.join("\n"));
}

export function createServiceReporter(output: Output): ServiceReporter {
  const early: ServiceEvent[] = [];
  let live: { service: Service; view: LiveView } | undefined;
  return {
    onEvent(event) {
      if (live && event.event === "tunnel-changed")
        return void reportTunnelChange(event, live.service, live.view, output).catch(live.view.error);
      if (live) return live.view.announce(event, serviceWords(event));
      early.push(event);
      output.info(serviceWords(event));
    },
    onError: (error) => (live?.view ?? output).error(error),
    goLive(service, view) {
      live = { service, view };
      const isShown = ({ event }: ServiceEvent): boolean =>
        ["number-pointed", "clock-skewed"].includes(event);
      for (const event of early.filter(isShown)) output.event(event);
    },
  };
}
