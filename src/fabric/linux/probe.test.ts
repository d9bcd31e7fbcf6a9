import assert from 'node:assert/strict'
import { test } from 'node:test'
import { whatIsMissing } from './probe.ts'

test('what a machine lacks is said in one line, each package once', () => {
  const lacking = whatIsMissing('/var/lib/crossconnect/fabric', (path) => !/openvswitch|ovs|bgpd|tun/.test(path)) ?? ''
  assert.match(
    lacking,
    /^this machine lacks .*the Debian packages openvswitch-switch, frr; the device \/dev\/net\/tun$/,
  )
})

test('a data directory whose sockets would have no address is refused, with its length', () => {
  const long = `/${'d'.repeat(79)}`
  assert.match(whatIsMissing(long, () => true) ?? '', /a shorter --data: \/d+ has 80 characters, and 76 fit$/)
})
