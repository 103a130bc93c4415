import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { sdkShim } from "../../src/signalling/sdk-shim.ts";

/** Where a page's socket goes that has loaded the shim from `source`. */
function addressOf(address: string, source = "http://127.0.0.1:4010/voice-sdk-shim.js"): unknown {
  class WebSocket {
    readonly url: unknown;
    constructor(url: unknown) {
      this.url = url;
    }
  }
  const page = {
    WebSocket,
    URL,
    Reflect,
    document: { currentScript: source ? { src: source } : null },
    location: { href: "http://localhost:3000/agent" },
  };
  const socket = runInNewContext(`${sdkShim}; new WebSocket(${JSON.stringify(address)})`, page) as WebSocket;
  return socket.url;
}

describe("the Voice SDK's shim", () => {
  it("sends the SDK's signalling to the emulator that served it, with the edge's host", () => {
    expect(addressOf("wss://voice-js.dublin.twilio.com/signal")).toBe(
      "ws://127.0.0.1:4010/signal?host=voice-js.dublin.twilio.com",
    );
  });

  it("uses TLS if it was served over TLS", () => {
    expect(addressOf("wss://voice-js.roaming.twilio.com/signal", "https://localhost:8443/x.js")).toBe(
      "wss://localhost:8443/signal?host=voice-js.roaming.twilio.com",
    );
  });

  it.each([
    "ws://localhost:3000/live",
    "/live",
    "wss://example.com/signal",
    "wss://twilio.com.example.com/signal",
    "wss://video.twilio.com/other",
  ])("leaves %s alone", (address) => {
    expect(addressOf(address)).toBe(address);
  });

  it("explains how to load it if it was loaded as a module", () => {
    expect(() => addressOf("wss://voice-js.roaming.twilio.com/signal", "")).toThrow("plain <script src>");
  });
});
