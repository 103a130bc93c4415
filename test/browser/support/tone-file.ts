import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { workerFolder } from "../../support/temporary-folder.ts";

const RATE = 48_000;
const SECONDS = 4;
const AMPLITUDE = 20_000;
/** Short beeps: Chromium's noise suppression takes a steady tone for noise and pulls it down. */
const BEEP_MS = 350;
const QUIET_MS = 150;
/** A beep that starts or stops at once is a click, which is heard at every frequency. */
const FADE_MS = 40;

function loudness(ms: number): number {
  const at = ms % (BEEP_MS + QUIET_MS);
  const fromEdge = Math.min(at, BEEP_MS - at);
  return fromEdge <= 0 ? 0 : Math.sin((Math.min(1, fromEdge / FADE_MS) * Math.PI) / 2) ** 2;
}

function sample(index: number, hz: number): number {
  return Math.round(
    AMPLITUDE * loudness((index / RATE) * 1000) * Math.sin((2 * Math.PI * hz * index) / RATE),
  );
}

/** Writes a WAV file (48 kHz, mono, 16 bit) of beeps at `hz`; returns its path. */
export function writeTone(hz: number, path: string): string {
  const data = Buffer.alloc(RATE * SECONDS * 2);
  for (let i = 0; i < RATE * SECONDS; i++) data.writeInt16LE(sample(i, hz), i * 2);
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(data.length, 40);
  writeFileSync(path, Buffer.concat([header, data]));
  return path;
}

let folder: string | undefined;

/** The path of such a file, the same for all files of this worker. */
export function toneFile(hz: number): string {
  folder ??= workerFolder();
  const path = join(folder, `${hz}.wav`);
  return existsSync(path) ? path : writeTone(hz, path);
}
