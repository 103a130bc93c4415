import { type ToneLevel, HEARD_DB, MUSIC } from "./hearing.ts";

/** One line for all that people hear: `customer <-> agent1, agent2 hears nobody`. */
export function whoHearsWhom(measured: readonly ToneLevel[]): string {
  const heard = measured.filter(({ listener, speaker, db }) => listener !== speaker && db >= HEARD_DB);
  const hears = (listener: string, speaker: string): boolean =>
    heard.some((each) => each.listener === listener && each.speaker === speaker);
  const both = heard.filter(({ listener, speaker }) => listener < speaker && hears(speaker, listener));
  const oneWay = heard.filter(({ listener, speaker }) => !hears(speaker, listener));
  const oneWayWords = ({ listener, speaker }: ToneLevel): string =>
    speaker === MUSIC ? `${listener} hears music` : `${listener} hears ${speaker} only one way`;
  const listeners = [...new Set(measured.map(({ listener }) => listener))];
  const deaf = listeners.filter((listener) => !heard.some((each) => each.listener === listener));
  return [
    ...both.map(({ listener, speaker }) => pairWords(listener, speaker)),
    ...oneWay.map(oneWayWords),
    ...deaf.map((listener) => `${listener} hears nobody`),
  ].join(", ");
}

/** The customer comes first. */
function pairWords(one: string, other: string): string {
  return other === "customer" ? `customer <-> ${one}` : `${one} <-> ${other}`;
}

/** A table of decibels: listeners in rows, speakers in columns. Empty without measurements. */
export function hearingTable(measured: readonly ToneLevel[]): string[] {
  const ids = [...new Set(measured.map(({ listener }) => listener))];
  const speakers = [...new Set(measured.map(({ speaker }) => speaker))];
  if (ids.length === 0) return [];
  const width = Math.max(...ids.map((id) => id.length), 6) + 2;
  const cell = (listener: string, speaker: string): string => {
    const db = measured.find((each) => each.listener === listener && each.speaker === speaker)?.db;
    return (listener === speaker ? "–" : db === undefined || db <= -120 ? "·" : `${db} dB`).padStart(width);
  };
  const head = `${"hears".padEnd(width)}${speakers.map((id) => id.padStart(width)).join("")}`;
  return [head, ...ids.map((id) => id.padEnd(width) + speakers.map((other) => cell(id, other)).join(""))];
}
