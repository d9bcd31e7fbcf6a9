import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
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

test('whatever the key is, the XML is well-formed and says it', () => {
  const printable = fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCodePoint(code)) })
  const unescape = (text: string) =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&')
  fc.assert(
    fc.property(printable, (authKey) => {
      const [, said] = /<bgp_auth_key>([^<>]*)<\/bgp_auth_key>/.exec(
        customerRouterConfig(vif, [{ ...ipv4, authKey }]),
      ) ?? [undefined, undefined]
      assert.ok(said !== undefined && !/&(?!(?:amp|lt|gt|quot|apos);)/.test(said))
      assert.equal(unescape(said), authKey)
    }),
  )
})
