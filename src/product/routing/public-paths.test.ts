import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operator } from '../../../test/tools/operator.ts'
import { rawClient } from '../../../test/tools/raw.ts'
import { startServer, type TestServer } from '../../../test/tools/server.ts'
import { available, orderPublic, reaches } from '../../../test/tools/virtual-interfaces.ts'
import { parseCidr } from '../addresses/cidr.ts'
import type { ShownPublicPaths } from './list-public-paths.ts'
import { choosePublicPaths } from './path-choice.ts'
import { isKnownIn } from './public-prefixes.ts'

const account = '111122223333'

test('a customer keeps a public prefix to the Region of the location, or to its continent, with a community', () => {
  const known = (region: string, ...communities: readonly string[]) => isKnownIn(region, 'us-east-1', { communities })
  const regions = ['us-east-1', 'ca-central-1', 'eu-west-1']
  const where = (...communities: readonly string[]) => regions.filter((region) => known(region, ...communities))
  assert.deepEqual(where(), regions)
  assert.deepEqual(where('7224:9300'), regions)
  assert.deepEqual(where('7224:9200'), ['us-east-1', 'ca-central-1'])
  assert.deepEqual(where('7224:9100'), ['us-east-1'])
  assert.deepEqual(where('7224:9300', '7224:9100', '7224:9200'), ['us-east-1'], 'the nearest of several')
  assert.equal(known('cn-north-1'), false, 'China is a world of its own')
})

test('of public paths the shortest AS path is taken, and of equal ones those of one Region, the own before others', () => {
  const destination = parseCidr('198.51.100.7/32')
  assert.ok(destination)
  const at = (region: string, asPath: readonly number[], communities: readonly string[] = []) => ({
    bgpPeerId: region,
    region,
    siteLinkEnabled: false,
    routes: [{ cidr: '198.51.100.0/24', asPath, communities, med: null }],
  })
  const taken = (home: string, ...candidates: readonly ReturnType<typeof at>[]) =>
    choosePublicPaths(destination, candidates, home).flatMap(({ chosen, candidate }) =>
      chosen ? [candidate.region] : [],
    )
  const [east, west] = [at('us-east-1', [3356]), at('us-west-1', [3356])]
  assert.deepEqual(taken('us-west-1', east, west), ['us-west-1'])
  assert.deepEqual(taken('eu-west-1', west, east), ['us-east-1'], 'no two Regions share the load')
  assert.deepEqual(taken('us-west-1', east, west, west), ['us-west-1', 'us-west-1'])
  assert.deepEqual(taken('us-west-1', east, at('us-west-1', [3356, 3356])), ['us-east-1'])
  assert.deepEqual(taken('us-west-1', at('us-east-1', [3356], ['7224:9100']), at('us-west-1', [3356, 3356])), [
    'us-west-1',
  ])
})

async function publicInterface(server: TestServer): Promise<string> {
  const client = server.client(account, 'us-east-1')
  const raw = rawClient(server, account, 'us-east-1')
  const order = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'c' }
  const connectionId = await available(client, (await raw('CreateConnection', order)).connectionId)
  const { virtualInterfaceId: id = '' } = await client.send(orderPublic(connectionId))
  await reaches(client, id, 'available')
  return id
}

test('which public virtual interface traffic from a Region takes is asked for by account, and what may fail', async () => {
  await using server = await startServer({ timing: 'instant' })
  const id = await publicInterface(server)
  const ask = (query: string) => operator(server, 'GET', `/accounts/${account}/public-paths?${query}`)
  const path = async (region: string, more = '') => {
    const { body } = await ask(`region=${region}&destination=198.51.100.7${more}`)
    return (body as unknown as ShownPublicPaths).paths.map(({ virtualInterfaceId, chosen, reason }) => [
      virtualInterfaceId,
      chosen,
      reason,
    ])
  }
  assert.deepEqual(await path('ap-south-1'), [[id, true, 'the only path']])
  await server.operator('PUT', `/virtual-interfaces/${id}/customer-routes`, {
    routes: [{ cidr: '198.51.100.0/24', communities: ['7224:9200'] }],
  })
  assert.deepEqual(await path('us-west-2'), [[id, true, 'the only path']])
  assert.deepEqual(await path('ap-south-1'), [
    [id, false, 'no announced route contains the destination and is known in ap-south-1'],
  ])
  const [[, isTaken] = []] = await path('us-west-2', '&without=EqDC2')
  assert.equal(isTaken, false)
  assert.equal((await ask('region=nowhere-1&destination=198.51.100.7')).status, 404)
  assert.match((await ask('region=us-east-1&destination=x')).message, /'x' for destination/)
})
