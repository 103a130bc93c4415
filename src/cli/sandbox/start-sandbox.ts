import type { Config } from "../../config/config.ts";
import type { Emulator } from "../../emulator/emulator.ts";
import { startEmulator } from "../../emulator/start-emulator.ts";
import type { AppError } from "../../errors.ts";
import { pagesDir } from "../pages-dir.ts";
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

function listenForTwilio({ emulatorPort, media }: SandboxOptions): Promise<Emulator> {
  return startEmulator({ port: emulatorPort, media, mixing: true, pagesDir }).catch((thrown: unknown) => {
    throw portError(thrown, emulatorPort, "--emulator-port");
  });
}

/** Nothing of it is worth telling, nobody need be asked, and nothing is left behind. */
function quietly(onError: (error: AppError) => void): ServiceDeps {
  const nothing = (): void => undefined;
  return {
    tell: nothing,
    waitFor: nothing,
    onError,
    mayPoint: async () => true,
    saveAgents: async () => undefined,
    asked: new AbortController().signal,
    leaving: { takeTime: nothing, owe: nothing },
    env: {},
  };
}

/**
 * @param onError told what goes wrong inside the server while it runs
 * @throws AppError config when a port is taken; nothing runs then
 */
export async function startSandbox(
  options: SandboxOptions,
  onError: (error: AppError) => void,
): Promise<Sandbox> {
  const emulator = await listenForTwilio(options);
  try {
    const service = await startService(sandboxPlan(options, emulator), quietly(onError));
    const close = async (): Promise<void> => {
      await service.close();
      await emulator.close();
    };
    return { config: service.plan.config, emulator, server: service.server, close };
  } catch (thrown) {
    await emulator.close();
    throw thrown;
  }
}
