import type { Engine } from "../../src/engine/engine.ts";
import type { CallMessage, Device, Invite, Line, Ringing } from "../../src/line.ts";
import type { AudioPort } from "../../src/media/port.ts";

/** One device that is being rung, and all that it has reported. */
export interface Ring {
  readonly device: Device;
  readonly ringing: Ringing;
  readonly reports: string[];
  readonly digits: string[];
  readonly audio: AudioPort[];
  line: Line | null;
  /** Resolves when the device has reported this. */
  until(report: string): Promise<void>;
}

/** The engine's side of the seam: it knows devices and rings them, and keeps what they report. */
export interface Exchange {
  readonly engine: Engine;
  readonly devices: Set<Device>;
  /** Codes of the warnings, oldest first. */
  readonly warned: number[];
  /** Of pages, oldest first. */
  readonly messages: ({ callSid: string } & CallMessage)[];
  /** Rings all devices of an address. */
  ring(address: string, invite?: Partial<Invite>): Ring[];
}

function ringDevice(device: Device, invite: Invite): Ring {
  const waiting = new Map<string, () => void>();
  const ring = { device, reports: [], digits: [], audio: [], line: null } as unknown as Ring;
  const report = (what: string): void => {
    ring.reports.push(what);
    waiting.get(what)?.();
  };
  const ringing = device.ring(invite, {
    ringing: () => report("ringing"),
    declined: () => report("declined"),
    busy: () => report("busy"),
    unreachable: () => report("unreachable"),
    answered(line) {
      ring.line = line;
      ring.audio.push(line.audio);
      line.listener = {
        hungUp: () => report("hung up"),
        digits: (digits) => ring.digits.push(digits),
        audioReplaced: (audio) => ring.audio.push(audio),
      };
      report("answered");
    },
  });
  return Object.assign(ring, {
    ringing,
    until: (what: string) =>
      new Promise<void>((resolve) => (ring.reports.includes(what) ? resolve() : waiting.set(what, resolve))),
  });
}

export function createExchange(): Exchange {
  const devices = new Set<Device>();
  const warned: number[] = [];
  const messages: Exchange["messages"] = [];
  const engine = {
    warn: ({ code }: { code: number }) => void warned.push(code),
    receiveMessage: (callSid: string, message: CallMessage) => void messages.push({ callSid, ...message }),
    addDevice(device: Device) {
      devices.add(device);
      return () => devices.delete(device);
    },
  } as unknown as Engine;
  return {
    engine,
    devices,
    warned,
    messages,
    ring(address, invite = {}) {
      const full: Invite = {
        callSid: "CA00000000000000000000000000000001",
        from: "+15550123",
        to: address,
        accountSid: "AC00000000000000000000000000000001",
        parameters: {},
        ...invite,
      };
      return [...devices].filter((device) => device.address === address).map((d) => ringDevice(d, full));
    },
  };
}
