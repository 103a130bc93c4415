import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished } from "vitest";
import { type Emulator, startEmulator } from "local-twilio";
import type { ServiceDeps, ServiceEvent } from "../../../../src/cli/service/events.ts";
import type { ServicePlan } from "../../../../src/cli/service/plan.ts";
import { type Service, startService } from "../../../../src/cli/service/start-service.ts";
import type { AppError } from "../../../../src/errors.ts";
import { NUMBER } from "../../../server/support/start-server.ts";
import { testConfig } from "../../../support/test-config.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** The number's voice URL before anything starts. */
export const BEFORE = "http://127.0.0.1:9/before";

/** A local Twilio, a folder, and a plan for a service there; all of it closes after the test. */
export interface ServiceStage {
  twilio: Emulator;
  plan: ServicePlan;
  /** The events of all services, in order. */
  events: ServiceEvent[];
  pendingErrors: (AppError | null)[];
  interruption: AbortController;
  start(change?: Partial<ServiceDeps>): Promise<Service>;
  /** A start that must fail: afterwards nothing listens, and the number has its voice URL of before. */
  refused(change?: Partial<ServiceDeps>): Promise<AppError>;
  /** The number's voice URL without its fragment. */
  voiceUrl(): string;
  done(): string[];
}

/** The port of another program on this machine, which ends with the test. */
export async function anotherProgram(onRequest: () => void = () => undefined): Promise<number> {
  const other = createServer((_request, response) => {
    onRequest();
    response.end("hello");
  });
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void other.close());
  return (other.address() as AddressInfo).port;
}

async function startTwilio(): Promise<Emulator> {
  const { accountSid, authToken, apiKey, apiSecret } = testConfig();
  const numbers = [{ phoneNumber: NUMBER, voiceUrl: BEFORE }];
  return startEmulator({ accountSid, authToken, apiKey, apiSecret, numbers, media: "none" });
}

export async function aServiceStage(): Promise<ServiceStage> {
  const twilio = await startTwilio();
  const dir = temporaryFolder();
  const started: Service[] = [];
  onTestFinished(async () => {
    for (const service of started) await service.close();
    await twilio.close();
  });
  const stage: ServiceStage = {
    twilio,
    plan: {
      config: testConfig({ twilioApiBaseUrl: twilio.url }),
      tunnel: null,
      takeOver: false,
      dir,
      log: null,
    },
    events: [],
    pendingErrors: [],
    interruption: new AbortController(),
    async start(change) {
      const service = await startService(stage.plan, {
        onEvent: (event) => void stage.events.push(event),
        onWait: () => undefined,
        onError: (error) => expect.unreachable(error.message),
        confirmPointing: async () => true,
        saveAgents: async () => undefined,
        interrupted: stage.interruption.signal,
        shutdown: {
          extendGrace: () => undefined,
          onSighup: () => undefined,
          setPendingError: (error) => void stage.pendingErrors.push(error),
        },
        env: {},
        ...change,
      });
      started.push(service);
      return service;
    },
    async refused(change) {
      const error = await stage.start(change).then(
        () => expect.unreachable("it started"),
        (thrown: unknown) => thrown as AppError,
      );
      const listened = stage.events.find((event) => event.event === "server-started");
      if (listened) await expect(fetch(listened.url)).rejects.toThrow();
      expect(stage.voiceUrl()).toBe(BEFORE);
      return error;
    },
    voiceUrl: () => twilio.numbers[0]?.voiceUrl.replace(/#.*/, "") ?? "",
    done: () => stage.events.map(({ event }) => event),
  };
  return stage;
}
