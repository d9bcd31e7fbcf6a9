import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { example, examplePeer } from '../virtual-interfaces/example.test-fixture.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import { dottedMask } from './notation.ts'
import { renderers } from './renderers.ts'
import { exampleSetup } from './setup.test-fixture.ts'
import type { Setup } from './setup.ts'

const second = {
  ...examplePeer,
  id: 'dxpeer-f0000002',
  addressFamily: 'ipv6',
  asn: 4_200_000_000,
  authKey: '0xabc"d\\e?',
  amazonAddress: '2001:db8::1/125',
  customerAddress: '2001:db8::6/125',
} as const

const both: VirtualInterface = {
  ...example,
  type: 'public',
  name: 'my router',
  mtu: 1500,
  amazonSideAsn: 7224,
  routeFilterPrefixes: ['198.51.100.0/24', '2001:db8:1::/48'],
  peers: [examplePeer, second],
}
const setup = exampleSetup(both, both.peers)
const only = (text: string, pattern: RegExp) => text.split('\n').filter((line) => pattern.test(line))

test('Cisco IOS has a subinterface with both addresses, and neighbours with their keys, ASNs and prefixes', () => {
  const text = renderers.ios(setup)
  for (const line of [
    'interface GigabitEthernet0/1.101',
    ' encapsulation dot1Q 101',
    ' ip address 169.254.0.2 255.255.255.252',
    ' ip mtu 1500',
    ' ipv6 address 2001:db8::6/125',
    'ip route 198.51.100.0 255.255.255.0 Null0 254',
    'ip prefix-list dxvif-f0000001-ipv4-out seq 10 permit 198.51.100.0/24',
    'router bgp 65000',
    ' neighbor 169.254.0.1 remote-as 7224',
    ' neighbor 169.254.0.1 password 0x123pK5_VBqv.UQ3kJ4123_',
    ' neighbor 2001:db8::1 local-as 4200000000 no-prepend replace-as',
    ' neighbor 2001:db8::1 password 0xabc"d\\e?',
    '! Type Ctrl+V before each question mark of a password.',
    '  network 198.51.100.0 mask 255.255.255.0',
    '  network 2001:db8:1::/48',
    '  neighbor 2001:db8::1 route-map dxvif-f0000001-ipv6-out out',
  ])
    assert.ok(text.split('\n').includes(line), `${line}\n\n${text}`)
})

test('Cisco NX-OS writes prefixes with their length, and each neighbour in a block of its own', () => {
  const text = renderers.nxos(setup)
  for (const line of [
    'feature bgp',
    'interface Ethernet1/1.101',
    '  encapsulation dot1q 101',
    '  ip address 169.254.0.2/30',
    '  ipv6 address 2001:db8::6/125',
    'router bgp 65000',
    '    network 198.51.100.0/24',
    '  neighbor 169.254.0.1',
    '    remote-as 7224',
    '    password 0 0x123pK5_VBqv.UQ3kJ4123_',
    '    local-as 4200000000 no-prepend replace-as',
    '      route-map dxvif-f0000001-ipv4-out out',
  ])
    assert.ok(text.split('\n').includes(line), `${line}\n\n${text}`)
})

test('Junos has a unit with both families and exports exactly the prefixes; the SRX lets BGP in', () => {
  const text = renderers.junos(setup)
  for (const line of [
    'set interfaces xe-0/0/1 vlan-tagging',
    'set interfaces xe-0/0/1 unit 101 vlan-id 101',
    'set interfaces xe-0/0/1 unit 101 family inet address 169.254.0.2/30',
    'set interfaces xe-0/0/1 unit 101 family inet6 address 2001:db8::6/125',
    'set routing-options static route 198.51.100.0/24 discard',
    'set routing-options rib inet6.0 static route 2001:db8:1::/48 discard',
    'set policy-options policy-statement dxvif-f0000001-ipv4-out term own from route-filter 198.51.100.0/24 exact',
    'set protocols bgp group dxvif-f0000001-ipv4 neighbor 169.254.0.1 peer-as 7224',
    'set protocols bgp group dxvif-f0000001-ipv4 neighbor 169.254.0.1 authentication-key "0x123pK5_VBqv.UQ3kJ4123_"',
    'set protocols bgp group dxvif-f0000001-ipv6 neighbor 2001:db8::1 authentication-key "0xabc\\"d\\\\e?"',
    'set protocols bgp group dxvif-f0000001-ipv6 neighbor 2001:db8::1 local-as 4200000000 no-prepend-global-as',
  ])
    assert.ok(text.split('\n').includes(line), `${line}\n\n${text}`)
  assert.equal(only(text, /security zones/).length, 0)
  assert.equal(only(renderers['junos-srx'](setup), /security zones .* xe-0\/0\/1\.101 .* bgp$/).length, 1)
})

test('PAN-OS has a unit, a zone, and a peer of each family with its key', () => {
  const text = renderers.panos(setup)
  for (const line of [
    'set network interface ethernet ethernet1/1 layer3 units ethernet1/1.101 tag 101',
    'set network interface ethernet ethernet1/1 layer3 units ethernet1/1.101 ip 169.254.0.2/30',
    'set network interface ethernet ethernet1/1 layer3 units ethernet1/1.101 ipv6 address 2001:db8::6/125 enable-on-interface yes',
    'set network virtual-router default protocol bgp router-id 100.64.253.232',
    'set network virtual-router default protocol bgp local-as 65000',
    'set network virtual-router default protocol bgp auth-profile dxvif-f0000001-ipv4 secret "0x123pK5_VBqv.UQ3kJ4123_"',
    'set network virtual-router default protocol bgp peer-group dxvif-f0000001-ipv6 peer dxvif-f0000001-ipv6 address-family-identifier ipv6',
    'set network virtual-router default routing-table ip static-route dxvif-f0000001-ipv4-1 destination 198.51.100.0/24',
    'set network virtual-router default protocol redist-profile-ipv6 dxvif-f0000001-ipv6 filter destination [ 2001:db8:1::/48 ]',
  ])
    assert.ok(text.split('\n').includes(line), `${line}\n\n${text}`)
})

test('without a session of a family nothing of that family is configured', () => {
  const four = exampleSetup(example, [examplePeer])
  const six = exampleSetup(example, [second])
  assert.equal(six.asn, 4_200_000_000)
  for (const [alias, render] of Object.entries(renderers)) {
    assert.doesNotMatch(commandsOf(render(four)).join('\n'), /ipv6|inet6|2001:/, alias)
    assert.doesNotMatch(commandsOf(render(six)).join('\n'), /169\.254|family inet /, alias)
    assert.match(render(six), /2001:db8::6(\/125| prefix-length 125)/, alias)
  }
})

test('jumbo frames are asked of the interface, and only then', () => {
  const jumbo = exampleSetup({ ...example, mtu: 8500 }, [examplePeer])
  for (const [alias, render] of Object.entries(renderers)) {
    assert.match(render(jumbo), /\b8500\b/, alias)
    assert.match(render(exampleSetup(example, [examplePeer])), /\b1500\b/, alias)
  }
})

test('neither a name nor a key can add a command', () => {
  const key = fc.stringMatching(/^[!-~]{6,80}$/)
  const plain = new Map(
    Object.values(renderers).map((render) => [render, shapeOf(render(exampleSetup(example, [examplePeer])))]),
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }), key, (name, authKey) => {
      const other: Setup = exampleSetup({ ...example, name }, [{ ...examplePeer, authKey }])
      for (const [alias, render] of Object.entries(renderers)) {
        const shape = shapeOf(render(other))
        assert.ok(isWithin(shape, plain.get(render) ?? []), `${alias}\n${shape.join('\n')}`)
      }
    }),
  )
})

/** The first word of each command. Hints, which some keys need, are comments. */
function shapeOf(text: string): readonly string[] {
  return commandsOf(text).map((line) => line.trim().split(' ')[0] ?? '')
}

function commandsOf(text: string): readonly string[] {
  return text.split(/[\n\r\u2028\u2029]/).filter((line) => !/^\s*([!#]|$)/.test(line))
}

/** Whether all of `some` are among `all`, in the same order. */
function isWithin(some: readonly string[], all: readonly string[]): boolean {
  let at = -1
  return some.every((each) => (at = all.indexOf(each, at + 1)) >= 0)
}

test('an IPv4 mask is written in four numbers', () => {
  for (const [length, mask] of [
    [1, '128.0.0.0'],
    [8, '255.0.0.0'],
    [23, '255.255.254.0'],
    [30, '255.255.255.252'],
    [31, '255.255.255.254'],
    [32, '255.255.255.255'],
  ] as const)
    assert.equal(dottedMask(length), mask)
})
