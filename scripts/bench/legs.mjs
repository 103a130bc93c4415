// How many legs the mixer serves on one core before a frame is late, and whether it waited for that core: rooms of three over
// real WebRTC, callers elsewhere.
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { report } from "./numbers.mjs";

const COUNTS = { PCMU: [3, 30, 90, 180, 270], Opus: [3, 30, 90] };
const SECONDS = 6;
const CALLERS = fileURLToPath(new URL("legs-callers.mjs", import.meta.url));

/** As the Voice SDK answers: the caller is found by its own checks. */
const withoutCandidates = (sdp) => sdp.replace(/^a=(candidate|end-of-candidates).*\r?\n/gm, "");

/** As the Voice SDK reorders an offer for a page with `codecPreferences`: the caller answers with the first. */
const preferring = (codec, sdp) => (codec === "Opus" ? sdp.replace("SAVPF 0 111", "SAVPF 111 0") : sdp);

let received = 0;

function counting(port) {
  return {
    ...port,
    onFrame: (receive) =>
      port.onFrame((frame) => {
        received += 1;
        receive(frame);
      }),
  };
}

async function connect({ callers, legs, mixer, codec }, number) {
  const leg = await legs.make();
  callers.send({ id: number, offer: preferring(codec, await leg.offer()) });
  const [{ answer }] = await once(callers, "message");
  leg.accept(withoutCandidates(answer));
  const seat = mixer.seat(counting(leg.port));
  seat.room = `room ${Math.floor(number / 3)}`;
  return { leg, seat };
}

/** Nanoseconds for which the main thread was ready and another had the core; null where the system does not count them. */
function waitedNs() {
  try {
    return Number(readFileSync("/proc/self/schedstat", "utf8").split(" ")[1]);
  } catch {
    return null;
  }
}

/** Share of a core, of time spent waiting for one, and of ticks that came more than a frame late, over the measured seconds. */
async function observe(mixer) {
  received = 0;
  const before = { ...mixer.stats(), cpu: process.cpuUsage(), at: performance.now(), waited: waitedNs() };
  await pause(SECONDS * 1_000);
  const after = mixer.stats();
  const cpu = process.cpuUsage(before.cpu);
  const ms = performance.now() - before.at;
  return {
    core: (cpu.user + cpu.system) / 1_000 / ms,
    waited: before.waited === null ? null : (waitedNs() - before.waited) / 1e6 / ms,
    frames: received / SECONDS,
    late: (after.late + after.skipped - before.late - before.skipped) / (after.ticks - before.ticks),
  };
}

async function measure(codec, count, { createLegMaker, createMixer }) {
  const callers = fork(CALLERS);
  const legs = createLegMaker("webrtc");
  const mixer = createMixer();
  const seated = [];
  const world = { callers, legs, mixer, codec };
  for (let number = 0; number < count; number++) seated.push(await connect(world, number));
  await pause(1_500);
  const seen = await observe(mixer);
  mixer.close();
  for (const { leg, seat } of seated) {
    seat.leave();
    leg.close();
  }
  callers.kill();
  await once(callers, "exit");
  const waited =
    seen.waited === null ? "" : `, ${(seen.waited * 100).toFixed(0)} % of the time without a core`;
  return [
    `${count} legs, ${codec}`,
    `${(seen.core * 100).toFixed(0)} % of a core, ${(seen.late * 100).toFixed(1)} % of frames late${waited}`,
  ];
}

export async function benchLegs() {
  const parts = {
    ...(await import("../../emulator/dist/media/leg-maker.js")),
    ...(await import("../../emulator/dist/media/mixer.js")),
  };
  const rows = [];
  for (const [codec, counts] of Object.entries(COUNTS))
    for (const count of counts) rows.push(await measure(codec, count, parts));
  report("Legs with real audio in rooms of three", rows);
}
