import { type RunningServer, startServer } from "../../compose/server.ts";
import type { AppError } from "../../errors.ts";
import type { Config } from "../../config/config.ts";
import type { Emulator } from "../../emulator/emulator.ts";
import { startEmulator } from "../../emulator/start-emulator.ts";
import { pagesDir } from "../pages-dir.ts";
import { portError } from "../port-error.ts";
import { type SandboxOptions, sandboxConfig } from "./sandbox-config.ts";

/** Server and emulator, wired to each other. */
export interface Sandbox {
  readonly config: Config;
  readonly emulator: Emulator;
  readonly server: RunningServer;
  close(): Promise<void>;
}

function listenForTwilio({ emulatorPort, media }: SandboxOptions): Promise<Emulator> {
  return startEmulator({ port: emulatorPort, media, mixing: true, pagesDir }).catch((thrown: unknown) => {
    throw portError(thrown, emulatorPort, "--emulator-port");
  });
}

function listenForCalls(
  config: Config,
  emulator: Emulator,
  onError: (error: AppError) => void,
): Promise<RunningServer> {
  return startServer(config, { pagesDir, onError }).catch(async (thrown: unknown) => {
    await emulator.close();
    throw thrown;
  });
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
  const config = sandboxConfig(options, emulator);
  const server = await listenForCalls(config, emulator, onError);
  emulator.configureNumber(config.number, {
    voiceUrl: `${server.url}/conference/connect/client`,
    voiceMethod: "POST",
    voiceFallbackUrl: `${server.url}/fallback`,
    voiceFallbackMethod: "POST",
    statusCallback: `${server.url}/call/events`,
    statusCallbackMethod: "POST",
  });
  const close = async (): Promise<void> => {
    await server.close();
    await emulator.close();
  };
  return { config, emulator, server, close };
}
