// The configuration for OpenBGPD works too, as far as Linux lets it: there it knows neither interfaces nor the kernel's routes.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { VirtualInterface } from '@aws-sdk/client-direct-connect'
import { networkOf, parseCidr, showCidr } from '../../../src/product/addresses/cidr.ts'
import { marked, withChoices } from '../../golden/router-configs/proofs.ts'
import { bgpd, skipWithout } from '../../tools/clients.ts'
import { frr, needed, startLab } from '../../tools/router-lab.ts'
import { startServer } from '../../tools/server.ts'
import { until } from '../../tools/until.ts'
import { announcedTwice, configurationOf, configureEdge, orderTwo, pathsOf, patienceMs, plugIn } from './edge.ts'

test('two virtual interfaces on one OpenBGPD router work as they are included: sessions, filters, passive', {
  ...skipWithout('routers that run FRR and OpenBGPD', bgpd && frr, needed),
}, async () => {
  await using server = await startServer({ timing: 'instant' })
  const { client, vifs } = await orderTwo(server, [`a"b\\c#d!e?f;g{h}'i$j|k`, '0xzxgA9YoW9h58u8SvOmXRTw'])
  const texts = await Promise.all(vifs.map((vif) => configurationOf(client, vif, 'OpenBSD-OpenBSD-OpenBGPD7')))
  await using lab = startLab()
  const customer = await lab.host('customer')
  const edge = await lab.router('edge')
  await plugIn(lab, customer)
  await configureEdge(edge, vifs)
  for (const { vlan, bgpPeers = [] } of vifs)
    for (const { customerAddress = '' } of bgpPeers)
      await customer.run('ip', 'address', 'add', customerAddress, 'dev', `eth1.${vlan}`)

  const socket = join(customer.home, 'bgpd.sock')
  const main = join(customer.home, 'bgpd.conf')
  const files = texts.map((_, index) => join(customer.home, `${index}.conf`))
  const write = (all: readonly string[]) => {
    for (const [index, text] of all.entries()) writeFileSync(files[index] ?? '', text, { mode: 0o600 })
  }
  // In place of `network inet connected`: what would be connected.
  const networks = ['192.168.50.0/24', '203.0.113.0/24', 'fd00:50::/64', ...vifs.flatMap(peeringNetworks)]
  const lines = [
    `socket "${socket}"`,
    ...marked(texts[0] ?? '', '#once'),
    ...networks.map((network) => `network ${network}`),
    ...files.map((file) => `include "${file}"`),
  ]
  write(texts)
  writeFileSync(main, `${lines.join('\n')}\n`, { mode: 0o600 })
  // Where it locks itself in; Debian makes it when it starts the service.
  mkdirSync('/run/openbgpd', { recursive: true })
  customer.start(String(bgpd), '-d', '-f', main)

  const announced = await announcedTwice(edge)
  assert.deepEqual(announced, ['192.168.50.0/24', 'fd00:50::/64'], 'not the networks of sessions, nor public ones')
  const rib = () => customer.run('/usr/sbin/bgpctl', '-s', socket, 'show', 'rib', 'as', '64512')
  await until(async () => (await rib()).match(/10\.20\.0\.0\/16/g)?.length === 2, patienceMs)
  await until(async () => (await rib()).includes('fd00:20::/48'), patienceMs)
  assert.doesNotMatch(await rib(), / 0\.0\.0\.0\/0 /, 'no default route')

  write([texts[0] ?? '', withChoices(texts[1] ?? '')])
  await customer.run('/usr/sbin/bgpctl', '-s', socket, 'reload')
  await until(
    async () => (await pathsOf(edge, '192.168.50.0/24')).join() === '65000,65000 65000 65000 65000',
    patienceMs,
  )
})

function peeringNetworks({ bgpPeers = [] }: VirtualInterface): readonly string[] {
  return bgpPeers
    .map(({ customerAddress = '' }) => parseCidr(customerAddress))
    .filter((cidr) => cidr !== undefined)
    .map((cidr) => showCidr(networkOf(cidr)))
}
