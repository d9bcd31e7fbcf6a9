import type { Connection } from '../connection/connection.ts'
import { numberIn, objectsIn } from '../connection/json.ts'
import { RefusedError } from '../connection/refused.ts'

/** How long a letter holds. @source Direct Connect user guide, "Download the LOA-CFA" */
export const validForMs = 90 * 86_400_000

/** When the letter of a connection, an interconnect or a LAG was issued, epoch milliseconds; undefined: nobody says it. */
export async function issuedAt(connection: Connection, id: string): Promise<number | undefined> {
  if (id.startsWith('dxlag-')) {
    const [lag] = objectsIn(await connection.call('DescribeLags', { lagId: id }), 'lags')
    return latest(objectsIn(lag, 'connections').map(letterTime))
  }
  try {
    return latest(
      objectsIn(await connection.call('DescribeConnections', { connectionId: id }), 'connections').map(letterTime),
    )
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    const interconnects = await connection.call('DescribeInterconnects', { interconnectId: id })
    return latest(objectsIn(interconnects, 'interconnects').map(letterTime))
  }
}

/** Of a connection or an interconnect. */
export function letterTime(object: Parameters<typeof numberIn>[0]): number | undefined {
  const seconds = numberIn(object, 'loaIssueTime')
  return seconds === undefined ? undefined : seconds * 1_000
}

function latest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined)
  return known.length === 0 ? undefined : Math.max(...known)
}
