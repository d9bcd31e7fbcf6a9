// One flow of Debian's iperf3 between two network namespaces.
import { run } from '../../src/linux/command.ts'
import { startDaemon } from '../../src/linux/daemons.ts'
import { until } from './until.ts'

const program = '/usr/bin/iperf3'

export interface FlowOrder {
  /** The namespace of the client. */
  readonly client: string
  /** Its address, if it has several. */
  readonly from?: string
  /** The namespace of the server. */
  readonly server: string
  readonly address: string
  readonly seconds: number
  readonly sender: 'client' | 'server'
  /** UDP, sent so fast whatever gets through, bits a second; without it, TCP. */
  readonly udpBps?: number
}

export interface Flow {
  /** What the receiver has got, bits a second. */
  readonly bps: number
  /** What the sender has sent, bits a second. */
  readonly sentBps: number
  /** The same of each half second, as the client counts. */
  readonly halves: readonly number[]
}

export async function flow({ client, from, server, address, seconds, sender, udpBps }: FlowOrder): Promise<Flow> {
  const listening = startDaemon({
    program,
    args: ['--server', '--one-off', '--bind', address],
    namespace: server,
    log: '/dev/null',
  })
  try {
    await until(async () => (await run('ss', ['-Hltn', 'sport = :5201'], { namespace: server })) !== '')
    const args = [
      '--client',
      address,
      '--time',
      String(seconds),
      '--interval',
      '0.5',
      '--json',
      ...(from === undefined ? [] : ['--bind', from]),
      ...(sender === 'server' ? ['--reverse'] : []),
      ...(udpBps === undefined ? [] : ['--udp', '--bitrate', String(udpBps)]),
    ]
    const limitMs = (seconds + 20) * 1_000
    const text = await run(program, args, { namespace: client, limitMs })
    const report: Report = JSON.parse(text)
    if (report.end.sum_received === undefined) throw new Error(`iperf3 said: ${text}`)
    return {
      bps: report.end.sum_received.bits_per_second,
      sentBps: report.end.sum_sent.bits_per_second,
      halves: report.intervals.map(({ sum }) => sum.bits_per_second),
    }
  } finally {
    await listening.stop()
  }
}

/** As iperf3 prints it. */
interface Report {
  readonly intervals: readonly { readonly sum: { readonly bits_per_second: number } }[]
  readonly end: Readonly<Record<'sum_sent' | 'sum_received', { readonly bits_per_second: number }>>
}
