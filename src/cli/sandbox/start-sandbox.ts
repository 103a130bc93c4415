import { type Emulator, startEmulator } from "local-twilio";
import { type SandboxState, passingSandboxState } from "../../compose/sandbox-state.ts";
import type { Config } from "../../config/config.ts";
import type { AppError } from "../../errors.ts";
import { portError } from "../port-error.ts";
import type { ServiceDeps } from "../service/events.ts";
import { type Service, startService } from "../service/start-service.ts";
import { type SandboxOptions, sandboxPlan } from "./sandbox-plan.ts";

/** A service whose Twilio is an emulator. */
export interface Sandbox {
  readonly config: Config;
  readonly emulator: Emulator;
  readonly server: Service["server"];
  close(): Promise<void>;
}

function startTwilio(
  { emulatorPort, media, quirks = {} }: SandboxOptions,
  { secrets }: SandboxState,
): Promise<Emulator> {
  const { accountSid, authToken, apiKey, apiSecret } = secrets;
  const credentials = { accountSid, authToken, apiKey, apiSecret };
  const options = { port: emulatorPort, media, mixing: true, quirks, ...credentials };
  return startEmulator(options).catch((thrown: unknown) => {
    throw portError(thrown, emulatorPort, "--emulator-port");
  });
}

/** A sandbox reports no steps, needs no confirmation, and leaves nothing to restore. */
function silentDeps(onError: (error: AppError) => void, { stores }: SandboxState): ServiceDeps {
  const nothing = (): void => undefined;
  return {
    onEvent: nothing,
    onWait: nothing,
    onError,
    stores,
    confirmPointing: async () => true,
    saveAgents: async () => undefined,
    interrupted: new AbortController().signal,
    shutdown: { extendGrace: nothing, setPendingError: nothing, onSighup: nothing },
    env: {},
  };
}

/**
 * @param onError called with errors of the running server
 * @param state closed with the sandbox; default: in memory
 * @throws AppError config if a port is in use; nothing is left running
 */
export async function startSandbox(
  options: SandboxOptions,
  onError: (error: AppError) => void,
  state: SandboxState = passingSandboxState(),
): Promise<Sandbox> {
  const undo: (() => Promise<void>)[] = [() => state.close()];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const emulator = await startTwilio(options, state);
    undo.push(() => emulator.close());
    const plan = sandboxPlan(options, emulator, state.secrets);
    const service = await startService(plan, silentDeps(onError, state));
    const { server } = service;
    undo.push(() => service.close());
    const { localUrl, port, instance } = server;
    const emulatorPort = Number(new URL(emulator.url).port);
    undo.push(await state.announce({ localUrl, port, instance, emulatorPort }));
    return { config: plan.config, emulator, server, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}
