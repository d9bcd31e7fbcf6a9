import { run } from '../../linux/command.ts'
import { addAddressLine, ipBatch, readLinks } from '../../linux/links.ts'
import { distances } from '../../product/routing/public-prefixes.ts'
import { firstAddress, viewAddress } from './frr-config/views.ts'
import type { View } from './views.ts'

/** What of a gateway's traffic asks in the table of a further view. */
export interface ViewTable {
  readonly view: View
  /** The interfaces on which it comes; `lo` is the gateway itself. */
  readonly interfaces: readonly string[]
}

/** The rule with the lowest number is asked first; those of the main table have higher ones. */
const priority = 1_000

const families = [4, 6] as const

/** Makes what bgpds of further views need before they begin: addresses to speak from. */
export async function addAddresses(namespace: string, views: readonly View[]): Promise<void> {
  const addresses = [firstAddress, ...views.map(viewAddress)].map((address) => `${address}/128`)
  await ipBatch(
    namespace,
    addresses.map((address) => addAddressLine('lo', address)),
  )
}

/**
 * Lets traffic ask in the tables of further views, and where these have nothing in the main one.
 *
 * @param near the networks that only the main table knows the way to, although others there may contain them
 */
export async function addRules(
  namespace: string,
  tables: readonly ViewTable[],
  near: readonly string[],
): Promise<void> {
  const networks = [...near, 'fe80::/10']
  await ipBatch(
    namespace,
    tables.flatMap(({ view }) => [
      ...networks.map((cidr) => `route replace ${thrown(cidr, view.table)}`),
      ...(isClosed(view) ? ends(view.table).map((end) => `route replace ${end}`) : []),
    ]),
  )
  for (const family of families) {
    const present = new Set(await rulesIn(namespace, family))
    const missing = rulesOf(tables).filter((rule) => !present.has(rule))
    await ipBatch(
      namespace,
      missing.map((rule) => `rule add ${rule}`),
      { family },
    )
  }
}

/** Ends what is there of views that have gone, and rules and networks that others had. */
export async function removeOthers(
  namespace: string,
  tables: readonly ViewTable[],
  near: readonly string[],
): Promise<void> {
  const wanted = new Set(rulesOf(tables))
  const networks = new Set([...near, 'fe80::/10'])
  const numbers = new Set(tables.map(({ view }) => view.table))
  for (const family of families) {
    const rules = (await rulesIn(namespace, family)).filter((rule) => !wanted.has(rule))
    const closed = new Set(tables.filter(({ view }) => isClosed(view)).map(({ view }) => view.table))
    const ended = (await tablesThatEnd(namespace, family)).filter((table) => !closed.has(table))
    const routes = (await thrownIn(namespace, family)).filter(
      ({ cidr, table }) => !numbers.has(table) || !networks.has(cidr),
    )
    await ipBatch(
      namespace,
      [
        ...rules.map((rule) => `rule delete ${rule}`),
        ...ended.map((table) => `route delete ${endOf(family, table)}`),
        ...routes.map(({ cidr, table }) => `route delete ${thrown(cidr, table)}`),
      ],
      { family },
    )
  }
  const addresses = tables.length === 0 ? [] : [firstAddress, ...tables.map(({ view }) => viewAddress(view))]
  const present = (await readLinks(namespace)).get('lo')?.addresses ?? []
  const past = present.filter(
    (address) => address.startsWith(prefixOf(firstAddress)) && !addresses.includes(address.replace('/128', '')),
  )
  await ipBatch(
    namespace,
    past.map((address) => `address delete ${address} dev lo`),
  )
}

function prefixOf(address: string): string {
  return address.slice(0, address.indexOf('::'))
}

function rulesOf(tables: readonly ViewTable[]): readonly string[] {
  return tables.flatMap(({ view, interfaces }) => interfaces.map((name) => spelt(name, view.table)))
}

function spelt(name: string, table: number | string): string {
  return `priority ${priority} iif ${name} table ${table}`
}

/** Before what a customer announces that is exactly the same. */
function thrown(cidr: string, table: number): string {
  return `throw ${cidr} table ${table} metric 1`
}

async function rulesIn(namespace: string, family: 4 | 6): Promise<readonly string[]> {
  const text = await run('ip', [`-${family}`, '-n', namespace, '-json', 'rule', 'show'])
  const rows: readonly { readonly priority: number; readonly iif?: string; readonly table: string }[] = JSON.parse(text)
  return rows.flatMap((row) => (row.priority === priority && row.iif !== undefined ? [spelt(row.iif, row.table)] : []))
}

/** Whether what is not in its table is not known at all: customers keep public routes from far away. */
function isClosed({ home }: View): boolean {
  return distances.some((distance) => distance === home)
}

/** After everything that a customer announces. */
function endOf(family: 4 | 6, table: number): string {
  return `unreachable ${family === 4 ? '0.0.0.0/0' : '::/0'} table ${table} metric 4294967294`
}

function ends(table: number): readonly string[] {
  return families.map((family) => endOf(family, table))
}

async function tablesThatEnd(namespace: string, family: 4 | 6): Promise<readonly number[]> {
  const text = await run('ip', [
    `-${family}`,
    '-n',
    namespace,
    '-json',
    'route',
    'show',
    'table',
    'all',
    'type',
    'unreachable',
  ])
  const rows: readonly { readonly dst: string; readonly table?: string }[] = JSON.parse(text)
  return rows.flatMap(({ dst, table }) => (dst === 'default' && Number(table) >= 1_000 ? [Number(table)] : []))
}

async function thrownIn(namespace: string, family: 4 | 6) {
  const thrown = ['route', 'show', 'table', 'all', 'type', 'throw']
  const rows: readonly { readonly dst: string; readonly table: string }[] = JSON.parse(
    await run('ip', [`-${family}`, '-n', namespace, '-json', ...thrown]),
  )
  const host = family === 4 ? 32 : 128
  return rows.map(({ dst, table }) => ({
    cidr: dst === 'default' ? (family === 4 ? '0.0.0.0/0' : '::/0') : dst.includes('/') ? dst : `${dst}/${host}`,
    table: Number(table),
  }))
}
