import type { Emulator, Quirks } from "local-twilio";
import type { SandboxSecrets } from "../../compose/sandbox-state.ts";
import type { Config } from "../../config/config.ts";
import { agentName } from "../../wire/agent-name.ts";
import type { ServicePlan } from "../service/plan.ts";

export interface SandboxOptions {
  /** 0: any free port. */
  port: number;
  /** 0: any free port. */
  emulatorPort: number;
  /** In ringing order. */
  agents: readonly string[];
  language: "en" | "ja";
  /** Default: 20. */
  ringSeconds?: number;
  /** Default: `return`. */
  afterFailure?: NonNullable<Config["afterFailure"]>;
  quirks?: Partial<Quirks>;
  /** `webrtc` carries browsers' sound. Scripted people are audible either way. */
  media: "webrtc" | "none";
}

const RING_SECONDS = 20;
const RETRY_AFTER_MS = 10_000;
const MAX_CALL_MINUTES = 240;

/** A server's settings with the emulator in Twilio's place. */
function sandboxConfig(options: SandboxOptions, emulator: Emulator, secrets: SandboxSecrets): Config {
  const [number] = emulator.numbers;
  if (!number) throw new Error("the emulator has no phone number");
  return {
    ...emulator.credentials,
    number: number.phoneNumber,
    publicUrl: null,
    port: options.port,
    agents: options.agents.map((id) => ({ id, name: agentName(id) })),
    operatorToken: secrets.operatorToken,
    sessionSecret: secrets.sessionSecret,
    twilioApiBaseUrl: emulator.url,
    language: options.language,
    greeting: null,
    storeUrl: "memory:",
    ringSeconds: options.ringSeconds ?? RING_SECONDS,
    afterFailure: options.afterFailure ?? "return",
    retryAfter: RETRY_AFTER_MS,
    maxCallMinutes: MAX_CALL_MINUTES,
  };
}

/** Points a service at the emulator; calls stay in memory. */
export function sandboxPlan(
  options: SandboxOptions,
  emulator: Emulator,
  secrets: SandboxSecrets,
): ServicePlan {
  return {
    config: sandboxConfig(options, emulator, secrets),
    tunnel: null,
    takeOver: false,
    dir: null,
    log: null,
  };
}
