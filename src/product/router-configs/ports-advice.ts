import { cabledIds, cabledPorts } from './names.ts'
import { wrapped } from './prose.ts'
import type { Setup } from './setup.ts'

/** Which cross connect is plugged into which port; ports are named by `port`, whose argument counts from 0. */
export function portsAdvice(setup: Setup, port: (index: number) => string): readonly string[] {
  const ids = cabledIds(setup)
  if (ids.length === 0) return wrapped('The LAG has no ports at the moment: once it has, enter this anew.')
  const ports = cabledPorts(setup, port).map((name, index) => `${name} (${ids[index]})`)
  const [subject, object, verb] =
    ids.length === 1 ? ['interface', 'cross connect', 'is'] : ['interfaces', 'cross connects', 'are']
  return wrapped(`Use the ${subject} that the ${object} ${verb} plugged into in place of ${ports.join(' and ')}.`)
}
