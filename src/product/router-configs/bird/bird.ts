import { shellLines } from '../linux/shell.ts'
import { remarks } from '../names.ts'
import { textOf } from '../notation.ts'
import { heading, passiveAdvice, routerIdAdvice } from '../prose.ts'
import type { Setup } from '../setup.ts'
import { bgpLines } from './bgp.ts'
import { filterLines } from './filters.ts'
import { addressLines, ownPrefixLines } from './own-routes.ts'
import { onceLines } from './router.ts'
import { symbolOf } from './words.ts'

/**
 * BIRD 2 on Linux: a file that bird.conf includes, one for each virtual interface. BIRD takes a name once, so that what is
 * the router's own is commented out, for a router that has nothing yet, and all else bears the virtual interface's id.
 */
export function bird(setup: Setup): string {
  const file = `/etc/bird/${symbolOf(setup)}.conf`
  return textOf([
    ...remarks('#', heading(setup)),
    '#',
    `# Save it as ${file}, and let /etc/bird/bird.conf have the line`,
    `#   include "${file}";`,
    '# Beside any number of such lines bird.conf needs what is marked "once":',
    `#   sed -n 's/^#once //p' ${file} >>/etc/bird/bird.conf`,
    '#',
    ...onceLines(setup).map((line) => `#once ${line}`),
    ...remarks('#', routerIdAdvice),
    '#',
    '# The lines that begin with #$ are for the shell, and come first:',
    `#   sed -n 's/^#\\$ //p' ${file} | sh`,
    '#',
    ...[...shellLines(setup), ...addressLines(setup)].map((line) => `#$ ${line}`),
    '',
    ...ownPrefixLines(setup),
    ...remarks('#', passiveAdvice(setup)),
    ...setup.sessions.flatMap((session) => ['', ...filterLines(setup, session), '', ...bgpLines(setup, session)]),
  ])
}
