import { randomBytes, randomUUID } from 'node:crypto'
import { create } from '../src/product/operation.ts'
import { openSqlite } from '../src/store/sqlite.ts'
import { createVault } from '../src/store/vault.ts'
import { temporary } from '../test/start/process.ts'
import { connectionAt, connectionIdAt } from './records.ts'

const together = 64

/** How many connections a second the embedded store keeps, each with an audit record, 64 to a commit. */
export async function storeRate(seconds: number): Promise<number> {
  using home = temporary()
  const store = await openSqlite(home.path, createVault(randomBytes(32)))
  let kept = 0
  const keepOne = () =>
    store.write(async (writing) => {
      const record = { ...connectionAt(kept), id: connectionIdAt((kept * 1_234_567_891) % 36 ** 7) }
      const now = Date.now()
      await writing.save([create('connection', record)], now)
      const id = `${String(++kept).padStart(12, '0')} ${randomUUID()}`
      const audited = { requestParameters: record, responseElements: record }
      await writing.audit({
        id,
        at: now,
        accountId: record.ownerAccount,
        eventName: 'CreateConnection',
        record: audited,
      })
    })
  const round = async (until: number) => {
    while (performance.now() < until) await Promise.all(Array.from({ length: together }, keepOne))
  }
  try {
    await round(performance.now() + seconds * 1_000)
    const [begun, before] = [performance.now(), kept]
    await round(begun + seconds * 1_000)
    return ((kept - before) / (performance.now() - begun)) * 1_000
  } finally {
    await store.close()
  }
}
