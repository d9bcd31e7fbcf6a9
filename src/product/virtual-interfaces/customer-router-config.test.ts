import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { python, skipWithout } from '../../../test/tools/clients.ts'
import { customerRouterConfig } from './customer-router-config.ts'
import { examplePeer as ipv4, example as vif } from './example.test-fixture.ts'

const ipv6 = {
  ...ipv4,
  id: 'dxpeer-f0000002',
  addressFamily: 'ipv6',
  asn: 4_200_000_000,
  authKey: '0xzxgA9YoW9h58u8SvOmXRTw',
  amazonAddress: '2001:db8::1/125',
  customerAddress: '2001:db8::6/125',
} as const

test('the router configuration is XML with the elements of IPv4, then those of IPv6, then ours', () => {
  assert.equal(
    customerRouterConfig(vif, [ipv4]),
    `<?xml version="1.0" encoding="UTF-8"?>
<logical_connection id="dxvif-f0000001">
  <vlan>101</vlan>
  <customer_address>169.254.0.2/30</customer_address>
  <amazon_address>169.254.0.1/30</amazon_address>
  <bgp_asn>65000</bgp_asn>
  <bgp_auth_key>0x123pK5_VBqv.UQ3kJ4123_</bgp_auth_key>
  <amazon_bgp_asn>64512</amazon_bgp_asn>
  <connection_type>private</connection_type>
</logical_connection>
`,
  )
  const ofIpv6 = `  <ipv6_customer_address>2001:db8::6/125</ipv6_customer_address>
  <ipv6_amazon_address>2001:db8::1/125</ipv6_amazon_address>
  <ipv6_bgp_asn>4200000000</ipv6_bgp_asn>
  <ipv6_bgp_auth_key>0xzxgA9YoW9h58u8SvOmXRTw</ipv6_bgp_auth_key>
  <amazon_bgp_asn>`
  const both = customerRouterConfig({ ...vif, type: 'public', amazonSideAsn: 7224 }, [ipv6, ipv4])
  assert.ok(both.includes(`0x123pK5_VBqv.UQ3kJ4123_</bgp_auth_key>\n${ofIpv6}7224`))
  assert.ok(both.includes('<connection_type>public</connection_type>'))
  assert.ok(customerRouterConfig(vif, [ipv6]).includes(`  <vlan>101</vlan>\n${ofIpv6}64512`), 'IPv6 alone')
})

test('whatever the key is, the XML is well-formed and says it', skipWithout('reading XML with Python', python), () => {
  const keys = fc.sample(fc.stringMatching(/^[!-~]{6,80}$/), 200)
  const hostile = ['</bgp_auth_key><vlan>1</vlan>', ']]>&amp;&#38;<!--', `<!DOCTYPE"'>%x;`]
  const written = [...keys, ...hostile].map((authKey) => ({
    authKey,
    xml: customerRouterConfig(vif, [{ ...ipv4, authKey }, ipv6]),
  }))
  const read = execFileSync(String(python), ['-c', reader], { input: JSON.stringify(written.map(({ xml }) => xml)) })
  assert.deepEqual(
    JSON.parse(read.toString()),
    written.map(({ authKey }) => [
      ['logical_connection', 'dxvif-f0000001'],
      ['vlan', '101'],
      ['customer_address', '169.254.0.2/30'],
      ['amazon_address', '169.254.0.1/30'],
      ['bgp_asn', '65000'],
      ['bgp_auth_key', authKey],
      ['ipv6_customer_address', '2001:db8::6/125'],
      ['ipv6_amazon_address', '2001:db8::1/125'],
      ['ipv6_bgp_asn', '4200000000'],
      ['ipv6_bgp_auth_key', '0xzxgA9YoW9h58u8SvOmXRTw'],
      ['amazon_bgp_asn', '64512'],
      ['connection_type', 'private'],
    ]),
  )
})

/** Of each document the root's name and id, then its elements in order with their texts. */
const reader = `
import json, sys
import xml.etree.ElementTree as tree
roots = [tree.fromstring(text.encode()) for text in json.load(sys.stdin)]
print(json.dumps([[(r.tag, r.get('id'))] + [(e.tag, e.text) for e in r] for r in roots]))
`
