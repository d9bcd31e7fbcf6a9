// The configuration for BIRD works too: two files that bird.conf includes, and what it needs once.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { marked, withChoices } from '../../golden/router-configs/proofs.ts'
import { bird, skipWithout } from '../../tools/clients.ts'
import { frr, needed, startLab } from '../../tools/router-lab.ts'
import { startServer } from '../../tools/server.ts'
import { until } from '../../tools/until.ts'
import { announcedTwice, configurationOf, configureEdge, orderTwo, pathsOf, patienceMs, plugIn } from './edge.ts'

test('two virtual interfaces on one BIRD router work as they are included: sessions, BFD, filters, load sharing, passive', {
  ...skipWithout('routers that run FRR and BIRD', bird && frr, needed),
}, async () => {
  await using server = await startServer({ timing: 'instant' })
  const { client, vifs } = await orderTwo(server, [`ab\\c#d!e?f;g{h}'i$j|k`, '0xzxgA9YoW9h58u8SvOmXRTw'])
  const texts = await Promise.all(vifs.map((vif) => configurationOf(client, vif, 'CZNIC-Linux-BIRD2')))
  await using lab = startLab()
  const customer = await lab.host('customer')
  const edge = await lab.router('edge')
  await plugIn(lab, customer)
  await configureEdge(edge, vifs)

  const files = texts.map((_, index) => join(customer.home, `${index}.conf`))
  for (const [index, text] of texts.entries()) {
    writeFileSync(files[index] ?? '', text)
    await customer.shell(marked(text, '#$').join('\n'))
  }
  const main = join(customer.home, 'bird.conf')
  const socket = join(customer.home, 'bird.ctl')
  writeFileSync(main, [...marked(texts[0] ?? '', '#once'), ...files.map((file) => `include "${file}";`)].join('\n'))
  customer.start(String(bird), '-f', '-c', main, '-s', socket)
  const birdc = (...command: readonly string[]) => customer.run('/usr/sbin/birdc', '-s', socket, ...command)

  // Sessions that come up before BFD may be reset by it once more.
  await until(async () => (await birdc('show', 'bfd', 'sessions')).match(/\bUp\b/g)?.length === 4, patienceMs)
  const announced = await announcedTwice(edge)
  assert.deepEqual(announced, ['192.168.50.0/24', 'fd00:50::/64'], 'not the networks of sessions, nor public ones')

  const routes = (family: string) => customer.run('ip', family, 'route', 'show', 'proto', 'bird')
  const shared = await until(async () => {
    const text = await routes('-4')
    return text.match(/nexthop/g)?.length === 2 && text
  }, patienceMs)
  assert.match(shared, /^10\.20\.0\.0\/16/)
  assert.doesNotMatch(shared, /default/)
  await until(async () => (await routes('-6')).startsWith('fd00:20::/48'), patienceMs)

  writeFileSync(files[1] ?? '', withChoices(texts[1] ?? ''))
  assert.match(await birdc('configure'), /Reconfigured/)
  await until(
    async () => (await pathsOf(edge, '192.168.50.0/24')).join() === '65000,65000 65000 65000 65000',
    patienceMs,
  )
  await until(async () => (await routes('-4')).startsWith('10.20.0.0/16 via'), patienceMs)
})
