import { type Call, Device } from "@twilio/voice-sdk";
import type { TokenAnswer } from "../../../src/server/control-api.ts";
import type { Answer } from "../api.ts";
import { type RetryTimer, retryTimer } from "../retry-timer.ts";
import type { PageEvent } from "../update.ts";
import type { RefusalCause } from "../../../src/wire/line-errors.ts";
import { deviceOptions } from "./device-options.ts";

/** The SDK restores its own connections; after this long without registration a new Device is made. */
const PATIENCE_MS = 20_000;

/** Between two tries after the page has reported a refusal: only the operator can change that. */
const REFUSED_PAUSE_MS = 30_000;

/**
 * Refusals in a row until the page reports them. The first may be a token that expired while this computer slept, or a
 * `register` that overtook its `listen` (github.com/twilio/twilio-voice.js/issues/110). 53000 may also be a fault of Twilio's.
 */
const reportedAt = (cause: RefusalCause): number => (cause === "unexplained" ? 3 : 2);

export interface DeviceOptions {
  isLocal: boolean;
  readonly fetchToken: () => Promise<Answer<TokenAnswer>>;
  readonly dispatch: (happening: PageEvent) => void;
  readonly reportRefusal: (code: number) => void;
}

interface RegistrationOptions extends DeviceOptions {
  /** A new Device would cut a call whose sound the old one still carries. */
  readonly hasCall: () => boolean;
  readonly onIncoming: (call: Call) => void;
  readonly onError: (error: { code: number }) => void;
}

export interface RegisteredDevice {
  readonly audio: () => Device["audio"];
  /** Twilio has answered with an error code instead of registering the Device. */
  readonly refused: (code: number, cause: RefusalCause) => void;
  readonly close: () => void;
}

/** Keeps a Device registered until closed: renews its token, and makes a new one when it does not come back. */
export function keepRegistered(options: RegistrationOptions): RegisteredDevice {
  let device: Device | null = null;
  let needsToken = false;
  let refusals = 0;
  const isUsable = (): boolean => device !== null && device.state !== Device.State.Destroyed;
  const isRegistered = (): boolean => device?.state === Device.State.Registered;
  const retry = retryTimer(() => void (needsToken && isUsable() ? renew() : connect()));
  const destroy = (): void => {
    device?.removeAllListeners();
    device?.destroy();
    device = null;
  };
  const registered = (): void => {
    refusals = 0;
    // A token that has not arrived is fetched again, however well the connection works.
    if (!needsToken) retry.settle();
  };
  const connect = async (): Promise<void> => {
    if (options.hasCall()) return retry.within(PATIENCE_MS);
    const token = await fetchToken(options, retry);
    if (!token) return;
    needsToken = false;
    if (device && refusals === 0) options.dispatch({ kind: "device", state: "lost" });
    destroy();
    device = openDevice(token, options, { retry, registered, renew: () => void renew() });
  };
  const renew = async (): Promise<void> => {
    needsToken = true;
    const token = await fetchToken(options, retry);
    if (!token || !isUsable()) return;
    needsToken = false;
    device?.updateToken(token.token);
    if (isRegistered()) retry.settle();
    else retry.within(PATIENCE_MS);
  };
  const refused = (code: number, cause: RefusalCause): void => {
    // 53000 also reports trouble that a registered Device outlives.
    if (cause === "unexplained" && isRegistered()) return;
    refusals += 1;
    needsToken = options.hasCall();
    if (refusals < reportedAt(cause)) return retry.within(1_000 * refusals);
    options.reportRefusal(code);
    if (!isRegistered()) options.dispatch({ kind: "device", state: "refused", code });
    retry.settle();
    retry.within(REFUSED_PAUSE_MS);
  };
  const reconnect = (): void => void (isRegistered() || retry.within(0));
  window.addEventListener("online", reconnect);
  void connect();
  return {
    audio: () => device?.audio ?? null,
    refused,
    close: () => {
      retry.stop();
      window.removeEventListener("online", reconnect);
      destroy();
    },
  };
}

/** Null: not now; the next try is planned, unless the session is over. */
async function fetchToken(options: DeviceOptions, retry: RetryTimer): Promise<TokenAnswer | null> {
  const answer = await options.fetchToken();
  if (answer.ok) return answer.value;
  // 401: the session is over; the caller of the API has seen it.
  if (answer.status !== 401) retry.backOff();
  return null;
}

interface DeviceCallbacks {
  retry: RetryTimer;
  readonly registered: () => void;
  readonly renew: () => void;
}

/** A Device that registers; null when this browser has no WebRTC. */
function openDevice(
  token: TokenAnswer,
  options: RegistrationOptions,
  { retry, registered, renew }: DeviceCallbacks,
): Device | null {
  let device: Device;
  try {
    device = new Device(token.token, deviceOptions(token, options.isLocal));
  } catch {
    options.dispatch({ kind: "device", state: "unsupported" });
    return null;
  }
  device.on("registered", () => {
    registered();
    options.dispatch({ kind: "device", state: "registered" });
  });
  device.on("unregistered", () => {
    options.dispatch({ kind: "device", state: "lost" });
    retry.within(PATIENCE_MS);
  });
  device.on("tokenWillExpire", renew);
  device.on("incoming", options.onIncoming);
  device.on("error", options.onError);
  retry.within(PATIENCE_MS);
  device.register().catch(() => {
    options.dispatch({ kind: "device", state: "lost" });
    retry.backOff();
  });
  return device;
}
