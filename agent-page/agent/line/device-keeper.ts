import { type Call, Device } from "@twilio/voice-sdk";
import type { TokenAnswer } from "../../../src/server/control-api.ts";
import type { Answer } from "../api.ts";
import { retryTimer } from "../retry-timer.ts";
import type { Happening } from "../update.ts";
import { deviceOptions } from "./device-options.ts";

/** The SDK restores its own connections; after this long without registration a new Device is made. */
const PATIENCE_MS = 20_000;

export interface DeviceNeeds {
  local: boolean;
  readonly fetchToken: () => Promise<Answer<TokenAnswer>>;
  readonly tell: (happening: Happening) => void;
}

interface KeeperNeeds extends DeviceNeeds {
  /** A new Device would cut a call whose sound the old one still carries. */
  readonly hasCall: () => boolean;
  readonly onIncoming: (call: Call) => void;
  readonly onError: (code: number) => void;
}

export interface DeviceKeeper {
  /** Twilio no longer takes the token. */
  readonly tokenRefused: () => void;
  readonly close: () => void;
}

/** Keeps a Device registered until closed: renews its token, and makes a new one when it does not come back. */
export function keepDevice(needs: KeeperNeeds): DeviceKeeper {
  let device: Device | null = null;
  let needsToken = false;
  const isUsable = (): boolean => device !== null && device.state !== Device.State.Destroyed;
  const retry = retryTimer(() => void (needsToken && isUsable() ? renew() : connect()));
  const forget = (): void => {
    device?.removeAllListeners();
    device?.destroy();
    device = null;
  };
  const fetchToken = async (): Promise<TokenAnswer | null> => {
    const answer = await needs.fetchToken();
    if (answer.ok) return answer.value;
    // 401: the session is over; whoever asked for the token has seen it.
    if (answer.status !== 401) retry.backOff();
    return null;
  };
  /** A token that is still to come is asked for again, however well the connection works. */
  const works = (): void => {
    if (!needsToken) retry.settle();
  };
  const connect = async (): Promise<void> => {
    if (needs.hasCall()) return retry.within(PATIENCE_MS);
    const token = await fetchToken();
    if (!token) return;
    needsToken = false;
    forget();
    device = openDevice(token, needs, { retry, works, renew: () => void renew() });
  };
  const renew = async (): Promise<void> => {
    needsToken = true;
    const token = await fetchToken();
    if (!token || !isUsable()) return;
    needsToken = false;
    device?.updateToken(token.token);
    if (device?.state === Device.State.Registered) works();
    else retry.within(PATIENCE_MS);
  };
  const comeBack = (): void => {
    if (device?.state !== Device.State.Registered) retry.within(0);
  };
  window.addEventListener("online", comeBack);
  void connect();
  return {
    tokenRefused: () => void (needs.hasCall() ? renew() : retry.backOff()),
    close: () => {
      retry.stop();
      window.removeEventListener("online", comeBack);
      forget();
    },
  };
}

interface Upkeep {
  retry: ReturnType<typeof retryTimer>;
  readonly works: () => void;
  readonly renew: () => void;
}

/** A Device that registers; null when this browser has no WebRTC. */
function openDevice(token: TokenAnswer, needs: KeeperNeeds, { retry, works, renew }: Upkeep): Device | null {
  let device: Device;
  try {
    device = new Device(token.token, deviceOptions(token.ttl, needs.local));
  } catch {
    needs.tell({ kind: "device", state: "unsupported" });
    return null;
  }
  device.on("registered", () => {
    works();
    needs.tell({ kind: "device", state: "registered" });
  });
  device.on("unregistered", () => {
    needs.tell({ kind: "device", state: "lost" });
    retry.within(PATIENCE_MS);
  });
  device.on("tokenWillExpire", renew);
  device.on("incoming", needs.onIncoming);
  device.on("error", (error: { code: number }) => needs.onError(error.code));
  retry.within(PATIENCE_MS);
  device.register().catch(() => {
    needs.tell({ kind: "device", state: "lost" });
    retry.backOff();
  });
  return device;
}
