/**
 * A script that a page loads before the Voice SDK, which always signals to wss://HOST/signal of twilio.com: it sends these
 * sockets to the emulator that the script came from, and no others. The host is passed on, for the edge.
 */
export const sdkShim = `"use strict";
(() => {
  const script = document.currentScript;
  if (!script || !script.src) throw new Error("Load voice-sdk-shim.js with a plain <script src>, before the Voice SDK.");
  const emulator = new URL("/signal", script.src);
  emulator.protocol = emulator.protocol === "https:" ? "wss:" : "ws:";
  const isTwilio = (url) => url.pathname === "/signal" && url.hostname.endsWith(".twilio.com");
  const local = (address) => {
    const url = new URL(address, location.href);
    if (!isTwilio(url)) return address;
    const target = new URL(emulator);
    target.searchParams.set("host", url.hostname);
    return target.href;
  };
  globalThis.WebSocket = new Proxy(globalThis.WebSocket, {
    construct: (target, [address, ...rest], newTarget) => Reflect.construct(target, [local(address), ...rest], newTarget),
  });
})();
`;
