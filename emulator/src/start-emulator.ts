import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import { systemClock } from "./clock.ts";
import { makeCredentials } from "./credentials.ts";
import type { Emulator } from "./emulator.ts";
import { createEngine } from "./engine/create-engine.ts";
import type { Engine } from "./engine/engine.ts";
import { createFaults } from "./faults/create-faults.ts";
import { createFaultsHandler } from "./faults/faults-handler.ts";
import { type HttpFront, listen } from "./http-front.ts";
import { type HttpsFront, listenSecurely } from "./https/https-front.ts";
import { createInspectorHandler } from "./inspector/inspector-handler.ts";
import { createJournal } from "./inspector/journal.ts";
import { createHostCheck } from "./loopback-host.ts";
import { createClipLibrary } from "./media/clip-library.ts";
import { createMixer } from "./media/mixer.ts";
import { silentMixer } from "./media/silent-mixer.ts";
import { createPeople } from "./people/create-people.ts";
import { createPeopleHandler } from "./people/people-handler.ts";
import { createPhoneServer } from "./phone/phone-server.ts";
import { defaultQuirks } from "./quirks.ts";
import { createMediaHandler } from "./rest/media-handler.ts";
import { createRequestLog } from "./rest/request-log.ts";
import { createRestHandler } from "./rest/rest-handler.ts";
import { createMayTalk } from "./signalling/origin.ts";
import { createSignallingServer } from "./signalling/signalling-server.ts";
import type { Credentials, EmulatorOptions, NumberOptions, PhoneNumberState, World } from "./types.ts";
import type { Delivery } from "./webhooks/delivery.ts";
import { createAppSockets } from "./webhooks/app-socket.ts";
import { createWebhooks } from "./webhooks/webhooks.ts";
import { newWorld } from "./world/new-world.ts";

const DEFAULT_NUMBER: NumberOptions = { phoneNumber: "+15550100000", friendlyName: "Local number" };

const FOUR_HOURS = 14_400;

/** The built phone page, relative to `src` and `dist` alike. */
const PHONE_PAGE = fileURLToPath(new URL("../dist/phone-page/", import.meta.url));

/** @param addresses of this emulator: `own` on this machine, `address` as apps are given it */
function createParts(
  options: EmulatorOptions,
  credentials: Credentials,
  { own, address }: { own: () => string; address: () => string },
) {
  const clock = options.clock ?? systemClock;
  const media = options.media ?? "webrtc";
  const quirks = { ...defaultQuirks, ...options.quirks };
  const deliveries: Delivery[] = [];
  const journal = createJournal(clock);
  const note = (kind: "webhook" | "webhook-answer" | "request" | "request-answer", id: number): void =>
    journal.add({ kind, id });
  const log = createRequestLog(note);
  const webhooks = createWebhooks({
    ...credentials,
    ...quirks,
    deliveries,
    webhookCa: options.webhookCa,
    onChange: note,
    emulator: own,
  });
  const clips = createClipLibrary();
  const faults = createFaults();
  const engine = createEngine({
    world: newWorld(credentials, options.numbers ?? [DEFAULT_NUMBER], clock.now(), options.applications),
    clock,
    mixer: (options.mixing ?? media === "webrtc") ? createMixer() : silentMixer(clock),
    clips,
    quirks,
    maxCallSeconds: options.maxCallSeconds ?? FOUR_HOURS,
    webhooks,
    sockets: createAppSockets({ authToken: credentials.authToken, webhookCa: options.webhookCa }),
    address,
    faults,
  });
  const people = createPeople({ engine, clock, clips });
  return { clock, media, quirks, deliveries, journal, log, webhooks, faults, engine, people, address };
}

const numbersOf = (world: World): PhoneNumberState[] => [...world.numbers.values()];

function configure(world: World, phoneNumber: string, change: Partial<PhoneNumberState>, now: number): void {
  const number = numbersOf(world).find((each) => each.phoneNumber === phoneNumber);
  if (!number) throw new Error(`${phoneNumber} is not a number of this emulator`);
  Object.assign(number, change, { sid: number.sid, phoneNumber, dateUpdated: now });
}

function warnOfRefusal(engine: Engine, origin: string): void {
  const message = `A page of ${origin.slice(0, 200)} was refused a socket: name its address with --origin`;
  engine.warn({ callSid: null, code: 403, message });
}

function createServers(options: EmulatorOptions, parts: ReturnType<typeof createParts>) {
  const { engine, clock, media, quirks, log, faults, people, address } = parts;
  let front: HttpFront | undefined;
  let secure: HttpsFront | undefined;
  const numbers = (): PhoneNumberState[] => numbersOf(engine.world);
  const phone = createPhoneServer({
    engine,
    clock,
    media,
    numbers,
    pagesDir: options.pagesDir ?? PHONE_PAGE,
  });
  const { account, keys } = engine.world;
  const issuers = { accountSid: account.accountSid, secretOf: (sid: string) => keys.get(sid)?.secret };
  const signalling = createSignallingServer({ engine, clock, issuers, media, quirks });
  const hosts = createHostCheck(options.allowedHosts);
  const mayTalk = createMayTalk(
    () => [front?.url ?? "", ...(options.origins ?? [])],
    () => [...numbers(), ...engine.world.applications.values()].map(({ voiceUrl }) => voiceUrl),
  );
  const handlers = {
    onRefused: (origin: string) => warnOfRefusal(engine, origin),
    hosts,
    mayTalk,
    rest: createRestHandler({ engine, clock, quirks, address }, { faults, log }),
    media: createMediaHandler(engine.world),
    faults: createFaultsHandler(faults, mayTalk),
    people: createPeopleHandler({ people, engine, clock }, mayTalk),
    inspector: createInspectorHandler({
      ...parts,
      requests: log.requests,
      mayTalk,
      url: () => front?.url ?? "",
    }),
    signalling: (req: IncomingMessage, socket: Duplex, head: Buffer) =>
      signalling.handleUpgrade(req, socket, head),
    phone,
  };
  return {
    async start(): Promise<{ front: HttpFront; secure: HttpsFront | undefined }> {
      const { host = "127.0.0.1", port = 0, https } = options;
      front = await listen({ host, port }, handlers);
      try {
        secure = https && (await listenSecurely(https, host, handlers));
      } catch (thrown) {
        await front.close();
        throw thrown;
      }
      if (secure) front.onConnect(secure.proxy);
      return { front, secure };
    },
    async close(): Promise<void> {
      await Promise.all([signalling.close(), phone.close()]);
      await Promise.all([front?.close(), secure?.close()]);
    },
  };
}

/** Starts a local Twilio. @throws Error when a credential has not Twilio's shape or the port is taken */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const credentials = makeCredentials(options);
  const [name] = options.allowedHosts ?? [];
  const parts = createParts(options, credentials, {
    own: () => url,
    address: () => (name === undefined ? url : `http://${name}:${port}`),
  });
  const { engine, people, clock, deliveries, faults } = parts;
  const servers = createServers(options, parts);
  const { front, secure } = await servers.start();
  const { url, port } = front;
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await engine.close();
    await servers.close();
  };
  return {
    url,
    https: secure ? { url: secure.url, authority: secure.authority } : null,
    credentials,
    clock,
    engine,
    people,
    deliveries,
    faults,
    get applications() {
      return [...engine.world.applications.values()];
    },
    get numbers() {
      return numbersOf(engine.world);
    },
    configureNumber: (number, change) => configure(engine.world, number, change, clock.now()),
    settled: () => engine.settled(),
    close: () => (closing ??= close()),
  };
}
