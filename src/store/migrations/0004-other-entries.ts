import { subnetsOf } from '../../product/routing/overlapping-subnets.ts'
import { type VirtualInterface, virtualInterfaceKind } from '../../product/virtual-interfaces/virtual-interface.ts'
import { type Database, list } from '../database.ts'
import type { Tables } from '../tables.ts'

const atOnce = 500

/**
 * An order makes fewer entries: which connections are on a device is told by what they claim of it, of owners only those who
 * announce public prefixes are asked for, and nobody looks for one record of the audit trail alone, which is in order of time
 * but for those of one millisecond.
 */
export async function up(db: Database): Promise<void> {
  await db.run(`delete from sets where kind = 'connection' and name = 'device'`)
  await db.run(`
    insert into sets select kind, 'announcer', replace(value, ' public', ''), created_at, id, hidden_from from sets
      where kind = 'virtual-interface' and name = 'owner' and value like '% public'`)
  await db.run(`delete from sets where kind = 'virtual-interface' and name = 'owner'`)
  for (const index of ['audit_by_time', 'audit_by_account']) await db.run(`drop index ${index}`)
  if (db.dialect === 'postgres') await db.run('alter table audit drop constraint audit_pkey')
  else {
    await db.run(`
      create table audit_in_order (id text not null, at bigint not null, account_id text not null,
        event_name text not null, record text not null)`)
    await db.run('insert into audit_in_order select * from audit order by at, id')
    await db.run('drop table audit')
    await db.run('alter table audit_in_order rename to audit')
  }
  await db.run('create index audit_by_time on audit (at)')
  await db.run('create index audit_by_account on audit (account_id, at)')
  await findBySubnet(db)
}

/** Virtual interfaces are also found by their subnets, so that who looks for those that overlap need not read all at a gateway. */
export async function findBySubnet(db: Database): Promise<void> {
  const kind = 'virtual-interface'
  for (let after: string | undefined = ''; after !== undefined; ) {
    const some: readonly Pick<Tables['records'], 'id' | 'facts'>[] = await db.all(
      `select id, facts from records where kind = ? and id > ? order by id limit ${atOnce}`,
      [kind, after],
    )
    const rows = some.flatMap(({ id, facts }) => {
      const vif: VirtualInterface = JSON.parse(facts)
      const hiddenFrom = virtualInterfaceKind.hiddenFrom(vif)
      return [...new Set(subnetsOf(vif))].map((subnet) => [kind, 'subnet', subnet, vif.createdAt, id, hiddenFrom])
    })
    if (rows.length > 0)
      await db.run(
        `insert into sets (kind, name, value, created_at, id, hidden_from) values ${list('(?, ?, ?, ?, ?, ?)', rows.length)}`,
        rows.flat(),
      )
    after = some.at(-1)?.id
  }
}
