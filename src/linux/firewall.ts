import { run } from './command.ts'

/**
 * Puts a table of nftables in the place of the one of that name, in one step: no packet sees anything in between.
 *
 * @param table such as `inet gateway`
 * @param chains what is in it, in nft's language
 */
export async function replaceTable(namespace: string, table: string, chains: string): Promise<void> {
  // What is deleted has to be there.
  await run('nft', ['-f', '-'], {
    namespace,
    input: `table ${table} {}\ndelete table ${table}\ntable ${table} {\n${chains}}\n`,
  })
}

/** How many packets each of the named counters of a table has counted. */
export async function readCounters(namespace: string, table: string): Promise<ReadonlyMap<string, number>> {
  const text = await run('nft', ['--json', 'list', 'counters', 'table', ...table.split(' ')], { namespace })
  const shown: {
    readonly nftables: readonly { readonly counter?: { readonly name: string; readonly packets: number } }[]
  } = JSON.parse(text)
  return new Map(
    shown.nftables.flatMap(({ counter }) => (counter === undefined ? [] : [[counter.name, counter.packets]])),
  )
}
