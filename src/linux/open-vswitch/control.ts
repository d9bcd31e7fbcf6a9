import { createConnection } from 'node:net'
import { join } from 'node:path'
import { splitMessages } from './messages.ts'

/** How long the switch may take, real milliseconds. */
const limitMs = 2_000

/** What the daemon of the switch in a directory says to a command of `ovs-appctl`. Throws when it does not answer. */
function askSwitch(directory: string, command: string, args: readonly string[] = []): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const socket = createConnection(join(directory, 'ovs-vswitchd.ctl'))
  const answer = (message: unknown): void => {
    const { result, error } = message as { readonly result?: unknown; readonly error?: unknown }
    if (typeof result === 'string') resolve(result)
    else reject(new Error(`${command}: ${String(error)}`))
    socket.destroy()
  }
  socket.setTimeout(limitMs, () => socket.destroy(new Error(`${command}: no answer within ${limitMs} ms`)))
  socket.setEncoding('utf8').on('data', splitMessages(answer)).on('error', reject)
  socket.on('close', () => reject(new Error(`${command}: no answer`)))
  socket.write(JSON.stringify({ id: 0, method: command, params: args }))
  return promise
}

/** The interfaces that LACP has agreed to use, of all ports of the switch in a directory. Throws when it does not answer. */
export async function agreedMembers(directory: string): Promise<ReadonlySet<string>> {
  return readMembers(await askSwitch(directory, 'lacp/show'))
}

/** The members of `lacp/show` of which it says `may_enable: true`. */
export function readMembers(text: string): ReadonlySet<string> {
  const members = text.split(/^member: /m).slice(1)
  return new Set(
    members.filter((each) => /^\s*may_enable: true$/m.test(each)).map((each) => each.slice(0, each.indexOf(':'))),
  )
}
