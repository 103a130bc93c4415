import { type Markup, html } from "./html.ts";
import type { Step } from "./steps.ts";

const TIME = 72;
const LANE = 140;
/** Between Twilio and the app, who say the most. */
const WIDE_LANE = 280;
const ROW = 30;
const HEAD = 42;
/** Names of the lanes come again after this many steps, so that one set of them is in sight. */
const HEADS_EVERY = 20;
/** Ms between two steps that the picture shows as a gap. */
const GAP_MS = 500;
const GAP = 22;
/** Of the picture's letters, on average. */
const CHARACTER = 6.6;

/** Seconds between two times: `1.5 s`. */
export function secondsBetween(from: number, to: number): string {
  return `${((to - from) / 1000).toFixed(to - from < 10_000 ? 2 : 1)} s`;
}

const cut = (text: string, width: number): string => {
  const most = Math.max(8, Math.floor(width / CHARACTER));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
};

/** Where each lane is; the app's is the last one. */
const centresOf = (lanes: readonly string[]): number[] =>
  lanes.map((_, i) => TIME + i * LANE + LANE / 2 + (i === lanes.length - 1 ? WIDE_LANE - LANE : 0));

function arrow(y: number, [from, to]: [number, number], { tone, what }: Step): Markup {
  const [left, right] = [Math.min(from, to), Math.max(from, to)];
  const tip = to > from ? to - 7 : to + 7;
  const head = `${to},${y} ${tip},${y - 4} ${tip},${y + 4}`;
  return html`<g class="${tone}">
    <text x="${(left + right) / 2}" y="${y - 6}" text-anchor="middle">${cut(what, right - left - 12)}</text>
    <line x1="${from}" y1="${y}" x2="${tip}" y2="${y}" /><polygon points="${head}" />
  </g>`;
}

function note(y: number, x: number, { tone, what }: Step): Markup {
  const text = cut(what, WIDE_LANE);
  const width = text.length * CHARACTER + 16;
  return html`<g class="${tone}">
    <rect x="${x - width / 2}" y="${y - 17}" width="${width}" height="21" rx="4" />
    <text x="${x}" y="${y - 2}" text-anchor="middle">${text}</text>
  </g>`;
}

const heads = (y: number, lanes: readonly string[], centres: readonly number[]): Markup[] =>
  centres.map(
    (x, i) =>
      html`<g class="head">
        <rect x="${x - LANE / 2 + 6}" y="${y}" width="${LANE - 12}" height="26" rx="5" />
        <text x="${x}" y="${y + 18}" text-anchor="middle">${cut(lanes[i] ?? "", LANE - 20)}</text>
      </g>`,
  );

const aside = (kind: "time" | "gap", y: number, text: string): Markup =>
  html`<text class="${kind}" x="4" y="${y}">${text}</text>`;

/** Draws the steps from the top down. */
function rows(steps: readonly Step[], lanes: readonly string[], centres: readonly number[]) {
  const start = steps[0]?.at ?? 0;
  const xOf = (lane: string): number => centres[lanes.indexOf(lane)] ?? 0;
  let y = 0;
  let before: number | null = null;
  const parts = steps.flatMap((step, i) => {
    const drawn: Markup[] = [];
    if (i % HEADS_EVERY === 0) {
      drawn.push(...heads(y + 6, lanes, centres));
      y += HEAD;
    }
    if (before !== null && step.at - before >= GAP_MS) {
      y += GAP;
      drawn.push(aside("gap", y - 2, `${secondsBetween(before, step.at)} later`));
    }
    y += ROW;
    if (step.at !== before) drawn.push(aside("time", y + 3, `+${secondsBetween(start, step.at)}`));
    before = step.at;
    const [from, to] = [xOf(step.from), xOf(step.to)];
    drawn.push(from === to ? note(y, from, step) : arrow(y, [from, to], step));
    return drawn;
  });
  return { parts, height: y + 16 };
}

/** The steps as arrows between lanes, downwards in time. The table beside it says the same. */
export function sequencePicture(steps: readonly Step[], lanes: readonly string[]): Markup {
  const centres = centresOf(lanes);
  const { parts, height } = rows(steps, lanes, centres);
  const width = (centres.at(-1) ?? TIME) + LANE / 2;
  const lines = centres.map((x) => html`<line class="lane" x1="${x}" y1="30" x2="${x}" y2="${height}" />`);
  return html`<svg
    id="picture"
    role="img"
    aria-label="Sequence of ${steps.length} steps between ${lanes.join(", ")}. The table below has the same steps."
    width="${width}"
    height="${height}"
    viewBox="0 0 ${width} ${height}"
  >
    ${lines}${parts}
  </svg>`;
}
