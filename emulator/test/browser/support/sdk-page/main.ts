import { type Call, Device } from "@twilio/voice-sdk";

/** What a test drives from outside: the unmodified SDK, and everything that it has told so far. */
export interface SdkPage {
  device: Device | null;
  call: Call | null;
  events: string[];
  register(token: string): Promise<void>;
}

const note = (what: string): void => void sdkPage.events.push(what);

function watchCall(call: Call): void {
  sdkPage.call = call;
  note(`incoming from ${call.parameters.From}`);
  for (const event of ["accept", "cancel", "disconnect", "reconnecting", "reconnected"])
    call.on(event, () => note(event));
}

const sdkPage: SdkPage = {
  device: null,
  call: null,
  events: [],
  async register(token) {
    // `publishEvents` keeps the SDK's insights away from the internet; the sounds are local for the same reason.
    const options = { publishEvents: false, logLevel: "silent" as const, sounds: localSounds() };
    const device = new Device(token, options);
    sdkPage.device = device;
    device.on("incoming", watchCall);
    device.on("registered", () => note("registered"));
    device.on("unregistered", () => note("unregistered"));
    device.on("error", (error: { code: number }) => note(`error ${error.code}`));
    await device.register();
  },
};

function localSounds(): Record<string, string> {
  const names = ["incoming", "outgoing", "disconnect", "dtmfs", "dtmfh"];
  for (let digit = 0; digit < 10; digit++) names.push(`dtmf${digit}`);
  return Object.fromEntries(names.map((name) => [name, "/blip.wav"]));
}

Object.assign(globalThis, { sdkPage });
