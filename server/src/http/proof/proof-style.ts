/** The proof's page looks the same wherever it is opened: one sheet of its own, in two colour schemes. */

import { createHash } from 'node:crypto';

export const proofStyle = `
:root { color-scheme: light dark; --ground: #fbfaf8; --ink: #1d1b16; --quiet: #5d574c; --line: #d8d2c6;
  --good: #1c6b3c; --good-ground: #e3f3e8; --warn: #7a4b00; --warn-ground: #fdf0d5; --bad: #a1201b; --bad-ground: #fbe5e3; }
@media (prefers-color-scheme: dark) { :root { --ground: #17161a; --ink: #efece6; --quiet: #b3ada2; --line: #3c3941;
  --good: #86dba6; --good-ground: #16301f; --warn: #f3c66b; --warn-ground: #35290f; --bad: #ff9f97; --bad-ground: #3d1816; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: .5rem 0 1rem; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .5rem; }
p, ol, ul { max-width: 44rem; }
nav { display: flex; gap: 1rem; justify-content: flex-end; }
a { color: inherit; text-underline-offset: .2em; }
a:focus-visible, .scroll:focus-visible { outline: 3px solid currentcolor; outline-offset: 2px; }
nav a { display: inline-block; padding: .35rem 0; }
nav a[aria-current] { font-weight: 700; text-decoration: none; }
.result { border-inline-start: .4rem solid; border-radius: .4rem; padding: .9rem 1.1rem; font-weight: 600; max-width: none; }
.clean { color: var(--good); background: var(--good-ground); }
.partial, .none, .broken { color: var(--warn); background: var(--warn-ground); }
.violated { color: var(--bad); background: var(--bad-ground); }
dl { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .3rem 1.25rem; margin: 0; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .45rem .8rem .45rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--quiet); font-weight: 600; font-size: .9rem; }
tbody th { font-weight: 500; }
.number { text-align: end; font-variant-numeric: tabular-nums; }
td.good { color: var(--good); } td.bad { color: var(--bad); font-weight: 600; }
pre { background: color-mix(in srgb, var(--ink) 8%, transparent); border-radius: .4rem; padding: .7rem .9rem; max-width: 44rem; white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 36rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .6rem; } }
`;

/** Nothing but this sheet: no script, no picture, no address. */
export const proofPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(proofStyle).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
