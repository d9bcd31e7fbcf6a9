import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { linuxTools, ownNamespaces } from '../../test/tools/linux.ts'
import { CommandFailed, namespacePath, run } from './command.ts'
import { addPair, deleteLink, ipBatch, moveLink, readLinks } from './links.ts'
import { deleteNamespace, ensureNamespace, listNamespaces } from './namespaces.ts'

test('packets as large as the MTU cross a pair between two namespaces, on both families', linuxTools, async () => {
  await using names = ownNamespaces()
  const [a, b] = [names.of('a'), names.of('b')]
  await Promise.all([ensureNamespace(a), ensureNamespace(b)])
  await addPair(
    { namespace: a, name: 'east', mtu: 9001, up: true, addresses: ['192.0.2.1/30', '2001:db8::1/64'] },
    { namespace: b, name: 'west', mtu: 9001, up: true, addresses: ['192.0.2.2/30', '2001:db8::2/64'] },
  )
  for (const address of ['192.0.2.2', '2001:db8::2']) {
    const size = address.includes(':') ? 9001 - 48 : 9001 - 28
    await run('ping', ['-c1', '-W2', '-M', 'do', '-s', String(size), address], { namespace: a })
  }
})

test('an interface that is switched off takes the carrier from the other end', linuxTools, async () => {
  await using names = ownNamespaces()
  const [a, b] = [names.of('a'), names.of('b')]
  await Promise.all([ensureNamespace(a), ensureNamespace(b)])
  await addPair(
    { namespace: a, name: 'east', mtu: 1500, up: true },
    { namespace: b, name: 'west', mtu: 1500, up: true },
  )
  const west = async () => {
    const { up, carrier } = (await readLinks(b)).get('west') ?? {}
    return { up, carrier }
  }
  assert.deepEqual(await west(), { up: true, carrier: true })
  await ipBatch(a, ['link set east down'])
  assert.deepEqual(await west(), { up: true, carrier: false })
})

test('an interface moves with its name, and deleting one end of a pair deletes both', linuxTools, async () => {
  await using names = ownNamespaces()
  const [a, b] = [names.of('a'), names.of('b')]
  await Promise.all([ensureNamespace(a), ensureNamespace(b)])
  await addPair(
    { namespace: a, name: 'east', mtu: 1500, up: true },
    { namespace: a, name: 'west', mtu: 1500, up: true },
  )
  await moveLink('west', a, b)
  assert.deepEqual([...(await readLinks(b)).keys()], ['lo', 'west'])
  await deleteLink(b, 'west')
  await deleteLink(b, 'west')
  assert.deepEqual([...(await readLinks(a)).keys()], ['lo'])
})

test('what is written on an interface goes where the interface goes', linuxTools, async () => {
  await using names = ownNamespaces()
  const [a, b] = [names.of('a'), names.of('b')]
  await Promise.all([ensureNamespace(a), ensureNamespace(b)])
  await addPair(
    { namespace: a, name: 'east', mtu: 1500, up: true, alias: 'ours:1500:up' },
    { namespace: a, name: 'west', mtu: 1500, up: true },
  )
  await moveLink('east', a, b)
  const [east, west] = [(await readLinks(b)).get('east'), (await readLinks(a)).get('west')]
  assert.deepEqual([east?.alias, west?.alias], ['ours:1500:up', null])
})

test('a pair that could not be finished bears no sign that it is', linuxTools, async () => {
  await using names = ownNamespaces()
  const [a, b] = [names.of('a'), names.of('b')]
  await Promise.all([ensureNamespace(a), ensureNamespace(b)])
  const near = { namespace: a, name: 'west', mtu: 1500, up: true, alias: 'ours', atSwitch: true }
  const far = { namespace: b, name: 'east', mtu: 1500, up: true }
  await assert.rejects(addPair(near, { ...far, addresses: ['192.0.2.1/33'] }))
  assert.equal((await readLinks(a)).get('west')?.alias, null)
  await deleteLink(a, 'west')
  await addPair(near, far)
  const { alias, carrier } = (await readLinks(a)).get('west') ?? {}
  assert.deepEqual({ alias, carrier }, { alias: 'ours', carrier: true })
})

test('a namespace that is there is left as it is, and ends but once', linuxTools, async () => {
  await using names = ownNamespaces()
  const name = names.of('a')
  await ensureNamespace(name, { 'ipv4/ip_forward': 1 })
  await ensureNamespace(name, { 'ipv4/ip_forward': 0 })
  assert.equal((await run('cat', ['/proc/sys/net/ipv4/ip_forward'], { namespace: name })).trim(), '1')
  await deleteNamespace(name)
  await deleteNamespace(name)
  assert.deepEqual(listNamespaces(name), [])
})

test(
  'a namespace is there whole or not at all, also where only the file of an earlier one is left',
  linuxTools,
  async () => {
    await using names = ownNamespaces()
    const name = names.of('a')
    await assert.rejects(ensureNamespace(name, { 'ipv4/ip_forward': 1, 'ipv4/no_such_switch': 1 }))
    assert.deepEqual(listNamespaces(name), [])
    writeFileSync(namespacePath(name), '')
    await Promise.all([1, 2].map(() => ensureNamespace(name, { 'ipv4/ip_forward': 1 })))
    assert.equal((await run('cat', ['/proc/sys/net/ipv4/ip_forward'], { namespace: name })).trim(), '1')
    assert.equal((await readLinks(name)).get('lo')?.up, true)
    await deleteNamespace(name)
    writeFileSync(namespacePath(name), '')
    await deleteNamespace(name)
    assert.deepEqual(listNamespaces(name), [])
  },
)

test('a command that fails says what it was and what it complained about', async () => {
  await assert.rejects(run('sh', ['-c', 'echo one >&2; echo two >&2; exit 3']), new CommandFailed('sh: one'))
  await assert.rejects(run('sh', ['-c', 'exit 3']), new CommandFailed('sh: ended with 3'))
  await assert.rejects(run('no-such-program', []), /^CommandFailed: no-such-program: .*ENOENT/)
  await assert.rejects(run('sleep', ['60'], { limitMs: 20 }), new CommandFailed('sleep: it took longer than 20 ms'))
})
