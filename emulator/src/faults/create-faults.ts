import type { Delivery } from "../webhooks/delivery.ts";
import type { Fault, Faults, RestFault, WebhookFault } from "./fault.ts";
import { readFault } from "./read-fault.ts";

/** The faults as the emulator uses them. Each fault that it takes counts as one spoilt request. */
export interface FaultBook extends Faults {
  /** Counts the request. */
  takeRest(operation: string): RestFault | undefined;
  /** Counts a request as held while it waits. */
  hold(waiting: Promise<void>): Promise<void>;
  takeWebhook(kind: Delivery["kind"], event: string | undefined): WebhookFault | undefined;
}

interface Entry {
  readonly id: number;
  readonly fault: Fault;
  left: number;
}

const matches = (wanted: string | undefined, actual: string | undefined): boolean =>
  wanted === undefined || wanted === "*" || wanted === actual;

/** No faults yet. */
export function createFaults(): FaultBook {
  let entries: Entry[] = [];
  let lastId = 0;
  let [requests, held] = [0, 0];
  const listed = ({ fault, id, left }: Entry) => ({ ...fault, id, left });
  const take = <F extends Fault>(isMeant: (fault: Fault) => fault is F): F | undefined => {
    for (const entry of entries)
      if (entry.left > 0 && isMeant(entry.fault)) {
        entry.left--;
        return entry.fault;
      }
    return undefined;
  };
  return {
    get requests() {
      return requests;
    },
    get held() {
      return held;
    },
    hold(waiting) {
      held++;
      return waiting.finally(() => void held--);
    },
    add(given) {
      const fault = readFault(given);
      const entry = { id: ++lastId, fault, left: fault.times ?? 1 };
      entries.push(entry);
      return listed(entry);
    },
    list: () => entries.map(listed),
    clear: () => void (entries = []),
    takeRest(operation) {
      requests++;
      return take((fault): fault is RestFault => "rest" in fault && matches(fault.rest, operation));
    },
    takeWebhook: (kind, event) =>
      take(
        (fault): fault is WebhookFault =>
          "webhook" in fault && matches(fault.webhook, kind) && matches(fault.event, event),
      ),
  };
}
