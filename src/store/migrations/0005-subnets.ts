import type { Kysely } from 'kysely'
import { subnetsOf } from '../../product/routing/overlapping-subnets.ts'
import { type VirtualInterface, virtualInterfaceKind } from '../../product/virtual-interfaces/virtual-interface.ts'
import type { Tables } from '../tables.ts'

const atOnce = 500

/** Virtual interfaces are also found by their subnets, so that who looks for those that overlap need not read all at a gateway. */
export async function up(db: Kysely<Tables>): Promise<void> {
  const kind = 'virtual-interface'
  for (let after: string | undefined = ''; after !== undefined; ) {
    const some = await db
      .selectFrom('records')
      .select(['id', 'facts'])
      .where('kind', '=', kind)
      .where('id', '>', after)
      .orderBy('id')
      .limit(atOnce)
      .execute()
    const rows = some.flatMap(({ id, facts }) => {
      const vif: VirtualInterface = JSON.parse(facts)
      const common = {
        kind,
        name: 'subnet',
        created_at: vif.createdAt,
        id,
        hidden_from: virtualInterfaceKind.hiddenFrom(vif),
      }
      return [...new Set(subnetsOf(vif))].map((value) => ({ ...common, value }))
    })
    if (rows.length > 0) await db.insertInto('sets').values(rows).execute()
    after = some.at(-1)?.id
  }
}
