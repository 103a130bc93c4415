import type { Line } from "../line.ts";
import { silentPort } from "../media/port.ts";
import { type BrowserCall, type BrowserCalls, endCall, tellPage } from "./browser-call.ts";

/** A browser in a call as the engine sees it. */
export function createBrowserLine(calls: BrowserCalls, call: BrowserCall): Line {
  return {
    get audio() {
      return call.leg?.port ?? silentPort();
    },
    listener: { hungUp() {}, digits() {}, audioReplaced() {} },
    hangUp: (error) => endCall(calls, call, "hangup", error),
    // The Voice SDK has no captions.
    caption() {},
    message: (message) => tellPage(call, message),
  };
}

/** Tells the engine that the call was answered, and the browser how to come back to it. */
export function openCall(calls: BrowserCalls, call: BrowserCall): void {
  call.state = "open";
  call.line = createBrowserLine(calls, call);
  call.ringListener.answered(call.line);
}
