import { type StreamBuffer, createStreamBuffer } from "../media/stream-buffer.ts";
import type { AppSocket, SocketFailure } from "../webhooks/app-socket.ts";
import { newSid } from "../world/sids.ts";
import type { StreamOrder, StreamState } from "../world/stream-state.ts";
import { type Core, type StreamSession, warn } from "./core.ts";
import type { Leg } from "./leg.ts";
import { reportStream } from "./report-stream.ts";
import { type StreamWriter, createStreamWriter } from "./stream-messages.ts";
import { TRACKS, createReceiver, startTraffic } from "./stream-traffic.ts";

/** www.twilio.com/docs/api/errors/31901 and the following */
const CODES = {
  unreachable: 31901,
  tls: 31910,
  handshake: 31920,
  address: 31922,
} satisfies Record<SocketFailure["cause"], number>;
const BROKEN_PIPE = 31903;
const CLOSED = 31921;

/** A connection that ended without a closing handshake. */
const ABNORMAL = 1006;

/** A stream from its order to its end. */
interface Live {
  readonly core: Core;
  readonly leg: Leg;
  readonly order: StreamOrder;
  readonly stream: StreamState;
  readonly writer: StreamWriter;
  readonly buffer: StreamBuffer;
  readonly onEnd: () => void;
  /** Null until the app has taken the connection. */
  open: { socket: AppSocket; stopTraffic: () => void } | null;
}

const isLive = ({ core, stream }: Live): boolean => core.streams.has(stream.sid);

function complain({ core, stream, order }: Live, code: number, message: string): void {
  warn(core, { callSid: stream.callSid, code, message: `Stream: ${message}`, url: order.url });
}

/** @returns false for a stream that has ended before */
function end({ core, stream, open }: Live): boolean {
  if (!core.streams.delete(stream.sid)) return false;
  open?.stopTraffic();
  stream.status = "stopped";
  stream.dateUpdated = core.clock.now();
  return true;
}

function fail(live: Live, code: number, message: string): void {
  if (!end(live)) return;
  complain(live, code, message);
  reportStream(live.core, live.stream, live.order.callback, "stream-error", message);
  live.onEnd();
}

function finish(live: Live): void {
  if (!end(live)) return;
  if (live.open) reportStream(live.core, live.stream, live.order.callback, "stream-stopped");
  live.onEnd();
}

function begin(live: Live, socket: AppSocket): void {
  const { core, stream, order, writer } = live;
  if (!isLive(live)) return socket.close();
  socket.send(writer.connected());
  socket.send(writer.start(TRACKS[order.track], order.parameters));
  live.open = { socket, stopTraffic: startTraffic({ ...live, socket }) };
  reportStream(core, stream, order.callback, "stream-started");
}

function closedByApp(live: Live, code: number): void {
  if (code === ABNORMAL) return fail(live, BROKEN_PIPE, "the connection broke");
  if (!live.order.isBidirectional && isLive(live)) complain(live, CLOSED, "the app closed the connection");
  finish(live);
}

function stop(live: Live): void {
  const { open, writer } = live;
  if (!isLive(live)) return;
  open?.socket.send(writer.stop());
  finish(live);
  open?.socket.close();
}

async function connect(live: Live): Promise<void> {
  const { core, stream, order, buffer } = live;
  const failure = await core.sockets.open(order.url, {
    opened: (socket) => begin(live, socket),
    message: createReceiver(core, stream, order, buffer),
    closed: (code) => closedByApp(live, code),
  });
  if (failure) fail(live, CODES[failure.cause], failure.message);
}

/**
 * Opens a media stream to the app, and sends until either side ends it.
 * @param onEnd called once, when it has ended or could not begin
 */
export function startStream(
  core: Core,
  leg: Leg,
  order: StreamOrder,
  onEnd: () => void = () => {},
): StreamSession {
  const { sid: callSid } = leg.call;
  const { accountSid } = core.world.account;
  const sid = newSid("MZ");
  const { name } = order;
  const stream: StreamState = { sid, callSid, name, status: "in-progress", dateUpdated: core.clock.now() };
  const writer = createStreamWriter({ accountSid, callSid, streamSid: sid });
  const buffer = createStreamBuffer((mark) => live.open?.socket.send(writer.mark(mark)));
  const live: Live = { core, leg, order, stream, writer, buffer, onEnd, open: null };
  const session: StreamSession = { stream, stop: () => stop(live) };
  core.streams.set(sid, session);
  void core.turns.track(connect(live));
  return session;
}

/** Ends the streams of a call. */
export function stopStreams(core: Core, callSid: string): void {
  for (const session of core.streams.values()) if (session.stream.callSid === callSid) session.stop();
}
