import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RouterAlias, routerTypes } from '../../contract/router-types.ts'
import { example, examplePeer } from '../virtual-interfaces/example.test-fixture.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import { renderers } from './renderers.ts'
import { exampleSetup } from './setup.test-fixture.ts'
import type { MacSec, Setup } from './setup.ts'

const aliases = routerTypes.map(({ alias }) => alias)
const sixth = {
  ...examplePeer,
  id: 'dxpeer-f0000002',
  addressFamily: 'ipv6',
  amazonAddress: '2001:db8::1/125',
  customerAddress: '2001:db8::6/125',
} as const
const peers = [examplePeer, sixth]
const publicOf = (...routeFilterPrefixes: string[]): Setup =>
  exampleSetup({ ...example, type: 'public', routeFilterPrefixes } satisfies VirtualInterface, peers)
const macSecOf = (mode: MacSec['mode'], cipherSuite: MacSec['cipherSuite'] = 'GCM-AES-256'): Setup =>
  exampleSetup(example, peers, { macSec: { mode, keyNames: ['01'.repeat(32), '23'.repeat(32)], cipherSuite } })
const lagOf = (...memberIds: string[]): Setup =>
  exampleSetup(example, peers, {
    carrier: { kind: 'lag', id: 'dxlag-f0000001', bandwidth: '100Gbps', memberIds, minimumLinks: 2 },
  })

function commandsOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => !/^\s*([!#]|$)/.test(line))
}

/** How each dialect says that a route of IPv4 may be announced. */
const cisco = /^ip prefix-list \S+-ipv4-out seq \d+ permit/m
const permits: Partial<Readonly<Record<RouterAlias, RegExp>>> = {
  ios: cisco,
  nxos: cisco,
  eos: cisco,
  junos: /^set .* \S+-ipv4-out term own then accept/m,
  panos: /^set .* export rules \S+-ipv4-own action allow/m,
  vyos: /^set policy prefix-list \S+-ipv4-out rule \d+ action permit/m,
  routeros: /chain=\S+-ipv4-out rule=".*accept/m,
  sros: /-ipv4-out" entry \d+ action action-type accept/m,
}

test('a public virtual interface announces nothing of a family of which it has no prefix', () => {
  for (const [alias, permit] of Object.entries(permits) as [RouterAlias, RegExp][]) {
    assert.match(renderers[alias](publicOf('198.51.100.0/24', '2001:db8:1::/48')), permit, alias)
    assert.doesNotMatch(renderers[alias](publicOf('2001:db8:1::/48')), permit, alias)
    assert.doesNotMatch(renderers[alias](publicOf()), permit, alias)
  }
})

test('a connection whose mode is no_encrypt is configured as one without MACsec', () => {
  for (const alias of aliases) {
    const without = commandsOf(renderers[alias](exampleSetup(example, peers)))
    assert.deepEqual(commandsOf(renderers[alias](macSecOf('no_encrypt'))), without, alias)
  }
})

test('where traffic must be encrypted nothing passes in clear, where it should be it may', () => {
  for (const [alias, must, should] of [
    ['nxos', /security-policy must-secure/, /security-policy should-secure/],
    ['junos', /pre-shared-key/, /mka should-secure/],
    ['eos', /mac security profile/, /traffic unprotected allow/],
    ['sros', /rx-must-be-encrypted true/, /rx-must-be-encrypted false/],
  ] as const) {
    const render = renderers[alias]
    assert.match(render(macSecOf('must_encrypt')), must, alias)
    assert.doesNotMatch(render(macSecOf('must_encrypt')), should, alias)
    assert.match(render(macSecOf('should_encrypt')), should, alias)
  }
})

test('MACsec has the cipher suite of the speed and the newest key, and older keys are named', () => {
  for (const [alias, cipher] of [
    ['nxos', /cipher-suite GCM-AES-XPN-256/],
    ['junos', /cipher-suite gcm-aes-xpn-256/],
    ['eos', /cipher aes256-gcm-xpn/],
    ['sros', /cipher-suite gcm-aes-xpn-256/],
  ] as const) {
    const text = renderers[alias](macSecOf('must_encrypt', 'GCM-AES-XPN-256'))
    assert.match(text, cipher, alias)
    assert.ok(
      commandsOf(text).some((line) => line.includes('23'.repeat(32))),
      alias,
    )
    assert.ok(!commandsOf(text).some((line) => line.includes('01'.repeat(32))), alias)
    assert.match(text, new RegExp(`Also in use is ${'01'.repeat(32)}`), alias)
  }
})

test('where a router has no MACsec its configuration says so, and is otherwise the same', () => {
  for (const alias of [
    'ios',
    'ios-3700',
    'ios-7200',
    'nxos-7000',
    'junos-srx',
    'junos-t',
    'panos',
    'vyos',
    'routeros',
  ] as const) {
    const text = renderers[alias](macSecOf('must_encrypt'))
    assert.match(
      text.replaceAll(/\n[!#]/g, ''),
      /MACsec: this connection encrypts \(must_encrypt\), which .* cannot/,
      alias,
    )
    assert.deepEqual(commandsOf(text), commandsOf(renderers[alias](exampleSetup(example, peers))), alias)
  }
})

test('a LAG names each port, speaks LACP quickly and is down with fewer ports than it must have', () => {
  for (const [alias, fast, minimum, ports] of [
    ['ios', /lacp rate fast/, /lacp min-bundle 2/, ['GigabitEthernet0/1', 'GigabitEthernet0/2']],
    ['nxos', /lacp rate fast/, /lacp min-links 2/, ['Ethernet1/1', 'Ethernet1/2']],
    ['junos', /lacp periodic fast/, /minimum-links 2/, ['et-0/0/1', 'et-0/0/2']],
    ['panos', /transmission-rate fast/, /no minimum/, ['ethernet1/1', 'ethernet1/2']],
    ['vyos', /lacp-rate fast/, /min-links 2/, ['eth1', 'eth2']],
    ['eos', /lacp timer fast/, /min-links 2/, ['Ethernet1', 'Ethernet2']],
    ['routeros', /lacp-rate=1sec/, /min-links=2/, ['qsfp28-1-1', 'qsfp28-2-1']],
    ['sros', /lacp-xmit-interval fast/, /port-threshold value 1/, ['1/1/1', '1/1/2']],
  ] as const) {
    const text = renderers[alias](lagOf('dxcon-f0000001', 'dxcon-f0000002'))
    assert.match(text, fast, alias)
    assert.match(text, minimum, alias)
    for (const port of ports)
      assert.ok(
        commandsOf(text).some((line) => line.split(/[ ,=\]]/).includes(port)),
        `${alias} ${port}`,
      )
  }
})

test('a LAG without ports has a configuration, too', () => {
  for (const alias of aliases) assert.doesNotMatch(renderers[alias](lagOf()), /undefined|NaN|in place of \./, alias)
})

test('what is pasted has no question mark, which asks command lines for help, and nothing but ASCII', () => {
  for (const alias of aliases)
    for (const setup of [lagOf('dxcon-f0000001'), macSecOf('must_encrypt'), publicOf('198.51.100.0/24')]) {
      const pasted = renderers[alias](setup)
        .split('\n')
        .filter((line) => !line.startsWith('!$ '))
      for (const line of pasted) assert.match(line, /^[ -~]*$/, alias)
      if (alias in permits) for (const line of pasted) assert.ok(!line.includes('?'), `${alias} ${line}`)
    }
})

test('two configurations with the same ASN agree on what belongs to the router', () => {
  const other = {
    ...example,
    id: 'dxvif-f0000002',
    vlan: 202,
    type: 'public',
    routeFilterPrefixes: ['198.51.100.0/24'],
  } as const
  const otherPeer = { ...examplePeer, amazonAddress: '203.0.113.1/30', customerAddress: '203.0.113.2/30' }
  for (const alias of aliases) {
    const [one, two] = [exampleSetup(example, [examplePeer]), exampleSetup(other, [otherPeer])].map((setup) =>
      renderers[alias](setup)
        .split('\n')
        .filter((line) => line.includes('100.64.')),
    )
    assert.ok(one !== undefined && one.length > 0, alias)
    assert.deepEqual(one, two, alias)
  }
})
