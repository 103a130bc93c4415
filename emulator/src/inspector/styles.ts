import { createHash } from "node:crypto";

export const STYLES = `
:root { color-scheme: light dark; --line: light-dark(#d4d4d8, #3f3f46); --soft: light-dark(#52525b, #a1a1aa);
  --bad: light-dark(#b91c1c, #fca5a5); --good: light-dark(#166534, #86efac); --box: light-dark(#f4f4f5, #27272a); }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem;
  background: light-dark(#fff, #18181b); color: light-dark(#18181b, #f4f4f5); }
a { color: light-dark(#1d4ed8, #93c5fd); }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; } h3 { font-size: 1rem; }
.scroll { overflow-x: auto; } .scroll code { white-space: nowrap; }
.scroll td { white-space: nowrap; } .scroll td:last-child { white-space: normal; min-width: 12rem; }
details, h2, #steps { scroll-margin-top: 3.5rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: var(--soft); }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
code, pre { font: 13px/1.45 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { background: var(--box); padding: .75rem; white-space: pre-wrap; max-height: 24rem; overflow: auto; }
details { border-bottom: 1px solid var(--line); padding: .25rem 0; } summary { cursor: pointer; }
.actions { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: .5rem 0; } [hidden] { display: none; }
button { font: inherit; padding: .15rem .6rem; border: 1px solid var(--soft); border-radius: 5px; background: var(--box);
  color: inherit; cursor: pointer; } button:hover { border-color: currentColor; }
:focus-visible { outline: 2px solid light-dark(#1d4ed8, #93c5fd); outline-offset: 2px; }
tr.leg td:first-child { padding-left: 1.25rem; } tr.first td { border-top: 1px solid var(--soft); }
:target { background: light-dark(#fefce8, #29270f); }
#live { position: sticky; top: 0; z-index: 1; padding: .4rem 0; background: light-dark(#fff, #18181b); }
svg text { font: 12px ui-sans-serif, system-ui, sans-serif; fill: currentColor; } svg .time, svg .gap { font-size: 11px; }
svg .time, svg .gap { fill: var(--soft); } svg .lane { stroke: var(--line); } svg .gap { font-style: italic; }
svg .head rect { fill: var(--box); stroke: var(--line); } svg .head text { font-weight: 600; }
svg g line { stroke: currentColor; } svg polygon { fill: currentColor; } svg .answer line { stroke-dasharray: 5 3; }
svg .call { color: light-dark(#6d28d9, #c4b5fd); } svg .ask { color: light-dark(#1d4ed8, #93c5fd); }
svg .answer { color: var(--good); } svg .bad { color: var(--bad); }
svg .note { color: var(--soft); } svg .note rect, svg .bad rect { fill: light-dark(#fff, #18181b); stroke: currentColor; }
.soft { color: var(--soft); } .bad { color: var(--bad); } .good { color: var(--good); }
`;

/** Nothing but this one style sheet and the emulator's own script: no picture, no address elsewhere, no frame. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLES).digest("base64")}'`,
  "script-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");
