import { type Engine, TwilioError } from "../../src/engine/engine.ts";
import type { Caller } from "../../src/line.ts";
import type { AudioPort } from "../../src/media/port.ts";
import { type Exchange, createExchange } from "../signalling/exchange.ts";

export const NUMBER = "+15550100";

/** Somebody who has rung, seen from the engine. */
export interface IncomingCaller {
  readonly caller: Caller;
  readonly reports: string[];
  readonly audio: AudioPort;
  /** The call is in progress. */
  readonly answer: () => void;
}

/** The engine's side of the seam: it can ring phones, and is rung by them at one number. */
export interface Switchboard extends Exchange {
  /** The next who rings; resolves at once if somebody has. */
  nextCaller(): Promise<IncomingCaller>;
}

function greet(caller: Caller): IncomingCaller {
  const reports: string[] = [];
  caller.line.listener = {
    hungUp: () => void reports.push("hung up"),
    digits: (digits) => void reports.push(`digits ${digits}`),
    audioReplaced() {},
  };
  caller.ringing("CA00000000000000000000000000000009");
  return { caller, reports, audio: caller.line.audio, answer: () => caller.answered() };
}

export function createSwitchboard(): Switchboard {
  const exchange = createExchange();
  const callers: IncomingCaller[] = [];
  const waiting: ((caller: IncomingCaller) => void)[] = [];
  const engine = {
    ...exchange.engine,
    isReachable: (address: string) => [...exchange.devices].some((device) => device.address === address),
    receiveCall(caller: Caller) {
      if (caller.to !== NUMBER) throw new TwilioError(21215, `${caller.to} is not a number of this account.`);
      const greeted = greet(caller);
      const next = waiting.shift();
      if (next) next(greeted);
      else callers.push(greeted);
    },
  } as unknown as Engine;
  return {
    ...exchange,
    engine,
    async nextCaller() {
      return callers.shift() ?? new Promise((resolve) => waiting.push(resolve));
    },
  };
}
