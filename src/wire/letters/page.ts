import { createHash } from 'node:crypto'
import type { LetterState } from '../../product/loa/lifecycle.ts'
import type { Verification } from '../../product/loa/verify-letter.ts'

const style = `
:root { color-scheme: light; }
body { margin: 0; background: #eef2f5; color: #17212b; font: 17px/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 1.25rem; }
.card { background: #fff; border-radius: .6rem; border-top: .5rem solid #6b7885; padding: 1.25rem; overflow-wrap: anywhere; }
.valid { border-color: #1c7a3f; } .expired, .superseded { border-color: #b35c00; } .withdrawn, .unknown { border-color: #b3261e; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .4rem; }
p { margin: 0 0 1rem; }
dl { margin: 0; } dt { color: #55636f; font-size: .85rem; margin-top: .7rem; } dd { margin: 0; font-weight: 600; }
ul { margin: 0; padding: 0; list-style: none; }
`
const styleHash = createHash('sha256').update(style).digest('base64')

/** Nothing is loaded, run, framed or sent from these pages. */
export const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

const headlines: Readonly<Record<LetterState, readonly [headline: string, meaning: string]>> = {
  valid: [
    'This letter is valid',
    'Compare the letter number, the connection and the port with the letter in your hand.',
  ],
  superseded: [
    'This letter is superseded',
    'A newer one was downloaded. Ask the customer for it before connecting anything.',
  ],
  expired: ['This letter has expired', 'Nothing may be connected on it any more. Ask the customer for a new one.'],
  withdrawn: ['This letter is withdrawn', 'What it assigned is no longer assigned. Connect nothing on it.'],
}

/** What a letter is worth, for a technician with a telephone in the hand. */
export function letterPage({ state, letterNumber, issuedAt, expiresAt, locationCode, ports }: Verification): string {
  const [headline, meaning] = headlines[state]
  const isMixed = new Set(ports.map((port) => port.state)).size > 1
  const rows: readonly (readonly [label: string, value: string])[] = [
    ['Letter', escape(letterNumber)],
    ['Issued', day(issuedAt)],
    ['Expires', `${day(expiresAt)} (UTC)`],
    ['Location', escape(locationCode)],
    [ports.length === 1 ? 'Port' : `Ports (${ports.length})`, listOf(ports, isMixed)],
  ]
  return page(
    headline,
    state,
    `<p>${isMixed ? `This holds for some of its ports only; see below. ${meaning}` : meaning}</p>
<dl>${rows.map(([label, value]) => `<dt>${label}</dt><dd>${value}</dd>`).join('\n')}</dl>`,
  )
}

/** The same for every code that no letter has. */
export function unknownPage(): string {
  return page(
    'No letter has this code',
    'unknown',
    '<p>Compare it with the code on the letter. If it is the same, the letter was not issued here: connect nothing on it.</p>',
  )
}

function listOf(ports: Verification['ports'], isMixed: boolean): string {
  const items = ports.map(
    ({ connectionId, portId, state }) =>
      `<li>${escape(connectionId)}, ${escape(portId)}${isMixed ? `: ${state}` : ''}</li>`,
  )
  return `<ul>${items.join('')}</ul>`
}

function page(title: string, kind: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body><main><div class="card ${kind}">
<h1>${title}</h1>
${body}
</div></main></body>
</html>
`
}

function day(time: string): string {
  return escape(time.slice(0, 10))
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}
