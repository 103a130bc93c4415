import type { AgentView } from "../../src/server/agent-events.ts";
import type { LegView, TransferView } from "../../src/server/control-api.ts";
import { NOON, agentLeg, call, colleague, customer, transfer, view } from "./views.ts";

/** A transfer by agent1 to agent2 as the server shows it to one of them. */
export interface TransferMoment {
  readonly mode: TransferView["mode"];
  readonly phase: "ringing" | "consulting" | "together";
  readonly isSwapped?: boolean;
  readonly role?: "starter" | "target";
}

const LATER = NOON + 60_000;

function legs({ mode, phase, isSwapped = false, role = "starter" }: TransferMoment): LegView[] {
  const isApart = mode !== "three-way" && phase !== "together";
  const leaving = phase === "ringing" ? "hands-over" : "leaves";
  const own = { leaving } as const;
  const starter = agentLeg(1, "joined", undefined, role === "starter" ? own : {});
  const target = agentLeg(2, phase === "ringing" ? "ringing" : "joined", LATER, {
    onHold: isSwapped,
    ...(role === "target" ? own : {}),
  });
  return [{ ...customer, onHold: isApart && !isSwapped }, starter, target];
}

/** Both agents' own names are those of `agent1` and `agent2`; the view is that of `role`. */
export function transferView(moment: TransferMoment): AgentView {
  const { mode, phase, isSwapped = false, role = "starter" } = moment;
  const [own, other] = role === "starter" ? ([1, 2] as const) : ([2, 1] as const);
  return view({
    agent: { id: `agent${own}`, name: `Agent ${own}` },
    state: "in-call",
    label: `agent${own}-1`,
    colleagues: [colleague(phase === "ringing" ? "ringing" : "in-call", `agent${other}`, `Agent ${other}`)],
    call: call({
      state: "transferring",
      legs: legs(moment),
      transfer: transfer({ mode, phase, isSwapped, note: "Order 17 is late" }),
    }),
  });
}
