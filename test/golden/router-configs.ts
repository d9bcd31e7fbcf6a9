// Router configurations as customers get them: ordered at the door of a real server, for every kind of router.
import { DescribeRouterConfigurationCommand } from '@aws-sdk/client-direct-connect'
import { routerTypes } from '../../src/contract/router-types.ts'
import { startServer } from '../tools/server.ts'
import type { Golden } from './golden.ts'
import { type Ordered, scenarios } from './router-configs/scenarios.ts'

export async function goldens(): Promise<readonly Golden[]> {
  await using server = await startServer({ timing: 'instant' })
  const written: Golden[] = []
  for (const [index, [scenario, order]] of Object.entries(scenarios).entries()) {
    const account = String(222_200_000_001 + index)
    const client = server.client(account)
    const ordered = await order(server, account)
    for (const { routerTypeIdentifier } of routerTypes) {
      const { virtualInterfaceId } = ordered
      const command = new DescribeRouterConfigurationCommand({ virtualInterfaceId, routerTypeIdentifier })
      const { customerRouterConfig = '' } = await client.send(command)
      written.push({
        path: `router-configs/${routerTypeIdentifier}/${scenario}.txt`,
        content: withoutChance(customerRouterConfig, ordered),
      })
    }
  }
  return written
}

/** What a server draws, ids and our IPv6 addresses, replaced by what stands for it in all of these files. */
function withoutChance(text: string, { drawn }: Ordered): string {
  return [...drawn].reduce((all, [from, to]) => all.replaceAll(from, to), text)
}
