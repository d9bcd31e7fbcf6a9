import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { skipWithout, vtysh } from '../../../../test/tools/clients.ts'
import { numbered, numberedSession } from '../../../../test/tools/gateway-world.ts'
import { run } from '../../../linux/command.ts'
import { difference } from '../../../linux/frr/difference.ts'
import type { DesiredGateway, DesiredVirtualInterface } from '../../../product/desired/desired.ts'
import { publicRoutes } from '../../../product/routing/public-prefixes.ts'
import { viewsOf } from '../views.ts'
import { addressOf, bfdConfiguration, bgpConfiguration } from './gateway.ts'
import { viewConfiguration } from './views.ts'

const privateGateway: DesiredGateway = {
  id: 'dxgw-1',
  asn: 4_200_000_000,
  virtualInterfaces: [
    numbered(1, { sessions: [numberedSession(1), numberedSession(1, { family: 'ipv6' })] }),
    numbered(2, { region: 'us-west-1' }, { shutDown: 'a failover test keeps the session down' }),
    numbered(3, { siteLinkEnabled: true }, { announced: [], authKey: 'a|!#?"\'key' }),
    numbered(4, { withheld: 'the link beneath is down' }),
  ],
  vpcIds: [],
}

const publicGateway: DesiredGateway = {
  id: 'public us-east-1',
  asn: 7224,
  virtualInterfaces: [publicOne(5, 65_005, ['203.0.113.0/24', '198.51.100.7/32']), publicOne(6, 3356, ['0.0.0.0/0'])],
  vpcIds: [],
}

function publicOne(number: number, asn: number, routeFilterPrefixes: readonly string[]): DesiredVirtualInterface {
  const announced = publicRoutes('us-east-1', 'ipv4')
  return numbered(number, { type: 'public', routeFilterPrefixes }, { asn, announced })
}

function configurationOf(gateway: DesiredGateway): string {
  return bgpConfiguration(gateway, viewsOf(gateway, ['us-east-1', 'us-west-1']))
}

for (const gateway of [privateGateway, publicGateway])
  test(`FRR takes the whole configuration of ${gateway.id}`, skipWithout('FRR', vtysh), async () => {
    const directory = mkdtempSync(join(tmpdir(), 'crossconnect-frr-'))
    try {
      for (const [name, text] of [
        ['bgpd.conf', configurationOf(gateway)],
        ['bfdd.conf', bfdConfiguration],
        ['view.conf', viewConfiguration(gateway.asn, { home: 'us-west-1', table: 5_882 })],
      ] as const) {
        writeFileSync(join(directory, name), text)
        assert.equal(await run('vtysh', ['-C', '-f', join(directory, name)]), '', name)
      }
    } finally {
      rmSync(directory, { recursive: true })
    }
  })

test('what changes at one virtual interface is said of no other', () => {
  const [first, ...others] = privateGateway.virtualInterfaces
  assert.ok(first)
  const changed = { ...first, sessions: first.sessions.map((session) => ({ ...session, prefixLimit: 150 })) }
  for (const after of [[changed, ...others], others, [first, ...others, numbered(9)]]) {
    const lines = difference(
      configurationOf(privateGateway),
      configurationOf({ ...privateGateway, virtualInterfaces: after }),
    )
    const neighbors = new Set(lines.flatMap((line) => /neighbor (\S+)/.exec(line)?.[1] ?? []))
    const known = new Set(others.flatMap(({ sessions }) => sessions).map((each) => addressOf(each.customerAddress)))
    assert.deepEqual(
      [...neighbors].filter((address) => known.has(address)),
      [],
      lines.join('\n'),
    )
  }
})

test('what is withheld has no session: a virtual interface, or one session of it', () => {
  assert.doesNotMatch(configurationOf(privateGateway), /169\.254\.4\.2/)
  const sessions = [numberedSession(1, { withheld: 'its subnet overlaps' }), numberedSession(1, { family: 'ipv6' })]
  const text = configurationOf({ ...privateGateway, virtualInterfaces: [numbered(1, { sessions })] })
  assert.doesNotMatch(text, /169\.254\.1\.2/)
  assert.match(text, /neighbor 2001:db8:1::6 /)
})

test('on a public virtual interface nothing is let in where nothing of the family is verified', () => {
  const session = numberedSession(5, { family: 'ipv6', asn: 65_005 })
  const vif = { ...publicOne(5, 65_005, ['203.0.113.0/24', '2001:db8:1:2:3::/80']), sessions: [session] }
  const text = configurationOf({ ...publicGateway, virtualInterfaces: [vif] })
  assert.match(text, new RegExp(`^route-map from-${session.bgpPeerId} deny 10$`, 'm'))
})
