import type { Device, Invite, Line, Ringing } from "../line.ts";
import type { CallStatus } from "../types.ts";
import type { Core } from "./core.ts";
import { applicationAt } from "./dial-application.ts";

export type RingResult =
  | { answered: Line }
  | { status: Extract<CallStatus, "busy" | "no-answer" | "failed">; sipResponseCode: number };

export interface RingListeners {
  ringing(): void;
  over(result: RingResult): void;
}

/** Twilio lets every call ring five seconds longer than it was asked to (www.twilio.com/docs/voice/twiml/dial). */
const RING_MARGIN_MS = 5_000;

/** The address of devices: `client:name?key=value` rings `client:name`, `app:AP…` so too, and `sip:a@b;transport=tcp` `sip:a@b`. */
export function addressOf(to: string): string {
  if (/^sips?:/i.test(to)) return to.replace(/[;?].*$/s, "");
  return /^(client|app):/.test(to) ? to.replace(/\?.*$/s, "") : to;
}

export function devicesAt(core: Core, to: string): Device[] {
  const address = addressOf(to);
  if (address.startsWith("app:")) return [applicationAt(core, address)];
  return [...core.devices].filter((device) => device.address === address);
}

type Refusal = Exclude<RingResult, { answered: Line }>;
const WORST: readonly Refusal["status"][] = ["busy", "no-answer", "failed"];

/** When no device is left: busy before not answered before unreachable. */
const worstOf = (refusals: readonly Refusal[]): Refusal =>
  [...refusals].sort((a, b) => WORST.indexOf(a.status) - WORST.indexOf(b.status))[0] ?? nobody("");

/** An unregistered browser refuses at once with no-answer; an unknown number fails. */
function nobody(to: string): Refusal {
  if (to.startsWith("client:")) return { status: "no-answer", sipResponseCode: 480 };
  return { status: "failed", sipResponseCode: 404 };
}

/** Rings every device of an address; the first to answer wins and the others stop. @returns the devices as one */
export function ringDevices(
  core: Core,
  invite: Invite,
  timeoutSeconds: number,
  listeners: RingListeners,
): Ringing {
  const devices = devicesAt(core, invite.to);
  const ringing = new Map<Device, Ringing | null>();
  const refusals: Refusal[] = [];
  let isOver = false;
  const stop = (): void => {
    isOver = true;
    timer.cancel();
    for (const each of ringing.values()) each?.cancel();
    ringing.clear();
  };
  const finish = (result: RingResult): void => {
    stop();
    listeners.over(result);
  };
  const refuse = (device: Device, status: Refusal["status"], sipResponseCode: number): void => {
    if (isOver) return;
    ringing.delete(device);
    refusals.push({ status, sipResponseCode });
    if (refusals.length === devices.length) finish(worstOf(refusals));
  };
  const timeoutMs = timeoutSeconds * 1_000 + RING_MARGIN_MS;
  const timer = core.clock.after(timeoutMs, () => finish({ status: "no-answer", sipResponseCode: 487 }));
  if (devices.length === 0) {
    if (invite.to.startsWith("client:")) listeners.ringing();
    finish(nobody(invite.to));
  }
  for (const device of devices) {
    if (isOver) break;
    ringing.set(device, null);
    const handle = device.ring(invite, {
      ringing: () => isOver || listeners.ringing(),
      answered(line) {
        if (isOver) return line.hangUp();
        ringing.delete(device);
        finish({ answered: line });
      },
      declined: () => refuse(device, core.quirks.declineAs, 603),
      busy() {
        if (!isOver) listeners.ringing();
        refuse(device, "busy", 486);
      },
      unanswered: () => refuse(device, "no-answer", 480),
      unreachable: () => refuse(device, "failed", 404),
    });
    if (ringing.has(device)) ringing.set(device, handle);
    else if (isOver) handle.cancel();
  }
  return {
    cancel: stop,
    message: (message) => ringing.forEach((each) => each?.message?.(message)),
  };
}
