import { remarks } from '../names.ts'
import { textOf } from '../notation.ts'
import { heading, passiveAdvice, routerIdAdvice } from '../prose.ts'
import type { Setup } from '../setup.ts'
import { bgpLines } from './bgp.ts'
import { filterLines } from './filters.ts'
import { onceLines } from './router.ts'
import { shellLines } from './shell.ts'

/** OpenBGPD 7 and later on OpenBSD: a file that bgpd.conf includes, one for each virtual interface. */
export function openBgpd(setup: Setup): string {
  const file = `/etc/bgpd/${setup.id}.conf`
  return textOf([
    ...remarks('#', heading(setup)),
    '#',
    `# Save it as ${file} (mode 600), and let /etc/bgpd.conf have the line`,
    `#   include "${file}"`,
    '# Beside any number of such lines bgpd.conf needs what is marked "once", ahead of them:',
    `#   sed -n 's/^#once //p' ${file}`,
    '#',
    ...onceLines(setup).map((line) => `#once ${line}`),
    ...remarks('#', routerIdAdvice),
    '#',
    '# The lines that begin with #$ are for the shell, and come first:',
    `#   sed -n 's/^#\\$ //p' ${file} | sh`,
    '#',
    ...shellLines(setup).map((line) => `#$ ${line}`),
    '',
    ...bgpLines(setup),
    '',
    ...remarks('#', passiveAdvice(setup)),
    '# (OpenBGPD itself sends over one of several equal paths.)',
    ...setup.sessions.flatMap((session) => ['', ...filterLines(setup, session)]),
  ])
}
