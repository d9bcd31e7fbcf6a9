// The configuration for FRR is not only read but works: a router that has nothing else brings its sessions up.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { marked, withChoices } from '../../golden/router-configs/proofs.ts'
import { skipWithout } from '../../tools/clients.ts'
import { frr, needed, startLab } from '../../tools/router-lab.ts'
import { startServer } from '../../tools/server.ts'
import { until } from '../../tools/until.ts'
import { announcedTwice, configurationOf, configureEdge, orderTwo, pathsOf, patienceMs, plugIn } from './edge.ts'

test('two virtual interfaces on one FRR router work as they are pasted: sessions, BFD, filters, load sharing, passive', {
  ...skipWithout('routers that run FRR', frr, needed),
}, async () => {
  await using server = await startServer({ timing: 'instant' })
  const { client, vifs } = await orderTwo(server, [`a"b\\c#d!e?f;g{h}'i$j|k`, '0xzxgA9YoW9h58u8SvOmXRTw'])
  const texts = await Promise.all(vifs.map((vif) => configurationOf(client, vif, 'FRRouting-Linux-FRR8')))
  await using lab = startLab()
  const customer = await lab.router('customer')
  const edge = await lab.router('edge')
  await plugIn(lab, customer)
  await configureEdge(edge, vifs)

  // FRR waits up to five seconds until it applies a change of a filter.
  await customer.configure('bgp route-map delay-timer 1')
  for (const text of texts) {
    await customer.shell(marked(text, '!$').join('\n'))
    await customer.configure(text)
  }
  const sessions = async () => {
    const summary = await customer.show('bgp summary')
    return ['ipv4Unicast', 'ipv6Unicast'].flatMap((family) => Object.values<{ state: string }>(summary[family].peers))
  }
  const established = async () => (await sessions()).filter(({ state }) => state === 'Established').length
  await until(async () => (await established()) === 4, patienceMs)
  const detections = async () => (await customer.show('bfd peers')).map((peer: { status: string }) => peer.status)
  await until(async () => (await detections()).join() === 'up,up,up,up', patienceMs)

  const taken = () => customer.show('ip route bgp')
  const paths = async () => (await taken())['10.20.0.0/16']?.[0].nexthops.length
  await until(async () => (await paths()) === 2, patienceMs)
  assert.deepEqual(Object.keys(await taken()), ['10.20.0.0/16'], 'no default route')
  await until(async () => Object.keys(await customer.show('ipv6 route bgp')).join() === 'fd00:20::/48', patienceMs)

  const announced = await announcedTwice(edge)
  assert.deepEqual(announced, ['192.168.50.0/24', 'fd00:50::/64'], 'not the networks of sessions, nor public ones')

  await customer.configure(withChoices(texts[1] ?? ''))
  await until(
    async () => (await pathsOf(edge, '192.168.50.0/24')).join() === '65000,65000 65000 65000 65000',
    patienceMs,
  )
  const { paths: shown } = await edge.show('bgp ipv4 unicast 192.168.50.0/24')
  const communities = shown.map((path: { community?: { string: string } }) => path.community?.string ?? '')
  assert.deepEqual(communities.toSorted(), ['', '7224:7100'])
  await until(async () => (await paths()) === 1, patienceMs)
  assert.equal(await established(), 4, 'no session was reset for it')
})
