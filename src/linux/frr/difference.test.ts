import assert from 'node:assert/strict'
import { test } from 'node:test'
import { difference, together } from './difference.ts'

const before = `
bgp community-list standard high permit 7224:7300
ip prefix-list to-a permit 10.0.0.0/16
route-map to-a permit 10
 match ip address prefix-list to-a
exit
route-map from permit 10
 set local-preference 300
exit
router bgp 64512
 bgp router-id 100.64.0.1
 neighbor 169.254.1.2 remote-as 65001
 neighbor 169.254.1.2 password secret
 address-family ipv4 unicast
  network 10.0.0.0/16
  neighbor 169.254.1.2 activate
  neighbor 169.254.1.2 route-map to-a out
  neighbor 169.254.1.2 maximum-prefix 99
 exit-address-family
`

test('what is the same is not touched', () => {
  assert.deepEqual(difference(before, before), [])
})

test('a new neighbor is all that is said, with what it refers to before it', () => {
  const after = before
    .replace('ip prefix-list', 'ip prefix-list to-b permit 10.9.0.0/16\nip prefix-list')
    .replace(' address-family', ' neighbor 169.254.2.2 remote-as 65002\n address-family')
    .replace(' exit-address-family', '  neighbor 169.254.2.2 activate\n exit-address-family')
  assert.deepEqual(difference(before, after), [
    'ip prefix-list to-b permit 10.9.0.0/16',
    'router bgp 64512',
    'neighbor 169.254.2.2 remote-as 65002',
    'address-family ipv4 unicast',
    'neighbor 169.254.2.2 activate',
    'exit-address-family',
    'exit',
  ])
})

test('from where a neighbor begins to where its family is known nothing comes in between', () => {
  const [family, leave] = ['address-family ipv4 unicast', 'exit-address-family']
  const told = (address: string, what: string) => `neighbor ${address} ${what}`
  const begins = [told('a', 'remote-as 1'), told('a', 'timers connect 1')]
  assert.deepEqual(
    together([...begins, family, told('a', 'activate'), told('a', 'route-map from in'), leave, 'exit']),
    [
      [told('a', 'remote-as 1')],
      [told('a', 'timers connect 1'), family, told('a', 'activate')],
      [told('a', 'route-map from in')],
      [leave],
      ['exit'],
    ],
  )
  const other = [told('b', 'timers connect 1'), family, told('a', 'activate'), told('b', 'activate')]
  assert.deepEqual(together([...begins, ...other]).at(-1), [told('a', 'timers connect 1'), ...other])
  assert.deepEqual(together([told('a', 'timers connect 2'), 'exit', 'end']).at(-1), ['end'])
})

test('a neighbor goes with all that was said of it, before what it refers to', () => {
  const after = before
    .replaceAll(/^ +neighbor .*\n/gm, '')
    .replace('ip prefix-list to-a permit 10.0.0.0/16\n', '')
    .replace(/route-map to-a.*\n.*\nexit\n/, '')
  assert.deepEqual(difference(before, after), [
    'router bgp 64512',
    'no neighbor 169.254.1.2',
    'exit',
    'no route-map to-a permit 10',
    'no ip prefix-list to-a permit 10.0.0.0/16',
  ])
})

test('a new value takes the place of the old one, which is not taken away first', () => {
  const after = before
    .replace('password secret', 'password other')
    .replace('maximum-prefix 99', 'maximum-prefix 149')
    .replace('local-preference 300', 'local-preference 200')
  assert.deepEqual(difference(before, after), [
    'route-map from permit 10',
    'set local-preference 200',
    'exit',
    'router bgp 64512',
    'neighbor 169.254.1.2 password other',
    'address-family ipv4 unicast',
    'neighbor 169.254.1.2 maximum-prefix 149',
    'exit-address-family',
    'exit',
  ])
})

test('prefixes are added to a list before others are taken from it', () => {
  const after = before.replace('permit 10.0.0.0/16', 'permit 10.1.0.0/16').replace('network 10.0', 'network 10.1')
  assert.deepEqual(difference(before, after), [
    'router bgp 64512',
    'address-family ipv4 unicast',
    'no network 10.0.0.0/16',
    'exit-address-family',
    'exit',
    'ip prefix-list to-a permit 10.1.0.0/16',
    'router bgp 64512',
    'address-family ipv4 unicast',
    'network 10.1.0.0/16',
    'exit-address-family',
    'exit',
    'no ip prefix-list to-a permit 10.0.0.0/16',
  ])
})

test('an entry of a route map that is to deny instead of permit goes before it comes', () => {
  const after = before.replace(/route-map from permit 10\n.*\n/, 'route-map from deny 10\n')
  assert.deepEqual(difference(before, after), ['no route-map from permit 10', 'route-map from deny 10', 'exit'])
})

test('what says that something is not so is taken away by saying that it is', () => {
  const after = before.replace(' neighbor', ' no bgp default ipv4-unicast\n neighbor')
  assert.deepEqual(difference(after, before), ['router bgp 64512', 'bgp default ipv4-unicast', 'exit'])
})

test('what a route map sets is taken away without its value, which FRR does not always take', () => {
  const after = before.replace(' set local-preference 300\n', ' set as-path prepend 65001 65001\n')
  assert.deepEqual(difference(after, before), [
    'route-map from permit 10',
    'set local-preference 300',
    'exit',
    'route-map from permit 10',
    'no set as-path prepend',
    'exit',
  ])
})
