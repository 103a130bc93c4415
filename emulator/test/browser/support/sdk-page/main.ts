import { type Call, Device } from "@twilio/voice-sdk";

/** Most preferred first; the SDK's own preference if left out */
export type Codecs = `${Call.Codec}`[];

/** What a test drives from outside: the unmodified SDK, and everything that it has told so far. */
export interface SdkPage {
  device: Device | null;
  call: Call | null;
  events: string[];
  /** The codec of the call's last second, as the SDK samples it. */
  codec: string | null;
  register(token: string, codecs?: Codecs): Promise<void>;
  /** Calls the application that the token names. */
  connect(token: string, params: Record<string, string>, codecs?: Codecs): Promise<void>;
  /** Returns the message's SID. */
  send(content: unknown, messageType?: string): string;
}

const note = (what: string): void => void sdkPage.events.push(what);

function watchCall(call: Call): void {
  sdkPage.call = call;
  sdkPage.codec = null;
  call.on("sample", ({ codecName }: { codecName: string }) => (sdkPage.codec = codecName));
  for (const event of ["ringing", "accept", "cancel", "disconnect", "reconnecting", "reconnected"])
    call.on(event, () => note(event));
  call.on("messageSent", ({ voiceEventSid }: Call.Message) => note(`sent ${voiceEventSid}`));
  call.on("messageReceived", ({ content }: Call.Message) => note(`received ${JSON.stringify(content)}`));
  call.on("error", (error: { code: number }) => note(`call error ${error.code}`));
}

function openDevice(token: string, codecs?: Codecs): Device {
  // `publishEvents` keeps the SDK's insights away from the internet; the sounds are local for the same reason.
  const options = {
    publishEvents: false,
    logLevel: "silent" as const,
    sounds: localSounds(),
    ...(codecs && { codecPreferences: codecs as Call.Codec[] }),
  };
  const device = new Device(token, options);
  sdkPage.device = device;
  device.on("error", (error: { code: number }) => note(`error ${error.code}`));
  return device;
}

const sdkPage: SdkPage = {
  device: null,
  call: null,
  events: [],
  codec: null,
  async register(token, codecs) {
    const device = openDevice(token, codecs);
    device.on("incoming", (call: Call) => {
      watchCall(call);
      note(`incoming from ${call.parameters.From}`);
    });
    device.on("registered", () => note("registered"));
    device.on("unregistered", () => note("unregistered"));
    await device.register();
  },
  async connect(token, params, codecs) {
    watchCall(await openDevice(token, codecs).connect({ params }));
  },
  send(content, messageType = "user-defined-message") {
    if (!sdkPage.call) throw new Error("no call");
    return sdkPage.call.sendMessage({ content, messageType });
  },
};

function localSounds(): Record<string, string> {
  const names = ["incoming", "outgoing", "disconnect", "dtmfs", "dtmfh"];
  for (let digit = 0; digit < 10; digit++) names.push(`dtmf${digit}`);
  return Object.fromEntries(names.map((name) => [name, "/blip.wav"]));
}

Object.assign(globalThis, { sdkPage });
