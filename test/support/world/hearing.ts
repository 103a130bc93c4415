import type { Emulator } from "local-twilio";

/**
 * Who hears whom, one sentence for each person on the line, in the order in which the calls were made:
 * `customer hears agent1, agent2`, or in brackets what is heard when nobody is.
 */
export function whoHearsWhom(emulator: Emulator): string[] {
  const { engine } = emulator;
  const customers = [...engine.world.calls.values()].filter((call) => call.direction === "inbound");
  const nameOf = (callSid: string): string => {
    const call = engine.world.calls.get(callSid);
    if (!call) return callSid;
    if (call.direction !== "inbound") return call.to.replace(/^client:/, "").replace(/\?.*$/, "");
    const live = customers.filter((each) => each.status === "in-progress" || each.status === "ringing");
    return live.length > 1 ? `customer${live.indexOf(call) + 1}` : "customer";
  };
  return [...engine.hearing()].map(([callSid, heard]) => {
    const voices = [...heard].map(nameOf).toSorted().join(", ");
    return `${nameOf(callSid)} hears ${voices || `[${engine.hearsSound(callSid)}]`}`;
  });
}
