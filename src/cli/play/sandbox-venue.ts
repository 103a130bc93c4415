import { createClient } from "../control/client.ts";
import { createControl } from "../control/control.ts";
import { watchSandbox } from "../sandbox/live-events.ts";
import type { Sandbox } from "../sandbox/start-sandbox.ts";
import type { Venue } from "./venue.ts";

const TIMEOUT_MS = 3000;
const NEVER = new AbortController().signal;

/** A sandbox of the scenario's own, in this process. */
export function sandboxVenue(sandbox: Sandbox): Venue {
  const { config, emulator, server } = sandbox;
  return {
    number: config.number,
    agents: config.agents,
    addPerson: async (address, hz) => emulator.people.add(address, { voice: { kind: "tone", hz } }),
    // They are in this process.
    refresh: async () => undefined,
    signInLink: (agent) => server.signInLink(agent),
    async transferToPhone(to, mode) {
      const [call] = await server.calls();
      const [url, token] = [server.localUrl, config.operatorToken];
      const client = createClient({ url, token, timeoutMs: TIMEOUT_MS, interrupted: NEVER });
      await createControl(client).startTransfer(call?.id ?? "", { to, mode });
    },
    recordingOf: (sid) =>
      [...emulator.engine.world.recordings.values()].find(({ callSid }) => callSid === sid),
    watch: (listener) => watchSandbox(sandbox, listener),
  };
}
