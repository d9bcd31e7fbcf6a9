import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  AssociateConnectionWithLagCommand,
  AssociateMacSecKeyCommand,
  type AssociateMacSecKeyRequest,
  CreateConnectionCommand,
  CreateInterconnectCommand,
  CreateLagCommand,
  DescribeConnectionsCommand,
  DescribeInterconnectsCommand,
  DescribeLagsCommand,
  DescribeVirtualInterfacesCommand,
  type DirectConnectClient,
  DisassociateConnectionFromLagCommand,
  DisassociateMacSecKeyCommand,
  UpdateConnectionCommand,
  UpdateLagCommand,
} from '@aws-sdk/client-direct-connect'
import { startServer, type TestServer } from '../../../test/tools/server.ts'
import { available, orderPrivate, refused } from '../../../test/tools/virtual-interfaces.ts'

const account = '111122223333'
const hexadecimal = (digit: string) => digit.repeat(64)
const cak = 'c0ffee'.padEnd(64, '7')
const order = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'mine' }

async function secure(client: DirectConnectClient, facts: object = {}): Promise<string> {
  const command = new CreateConnectionCommand({ ...order, requestMACSec: true, ...facts })
  return available(client, (await client.send(command)).connectionId)
}

async function addKey(client: DirectConnectClient, key: AssociateMacSecKeyRequest) {
  const answer = await client.send(new AssociateMacSecKeyCommand(key))
  return { ...answer, secretARN: answer.macSecKeys?.at(-1)?.secretARN ?? '' }
}

const removeKey = (connectionId: string, secretARN: string) =>
  new DisassociateMacSecKeyCommand({ connectionId, secretARN })
const encrypt = (connectionId: string, encryptionMode: string) =>
  new UpdateConnectionCommand({ connectionId, encryptionMode })

async function look(client: DirectConnectClient, connectionId: string) {
  const { connections } = await client.send(new DescribeConnectionsCommand({ connectionId }))
  assert.ok(connections?.[0] !== undefined)
  return connections[0]
}

/** Orders ports until one is on that device. */
async function portOn(server: TestServer, client: DirectConnectClient, deviceId: string | undefined): Promise<string> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const { connectionId = '' } = await client.send(new CreateConnectionCommand({ ...order, requestMACSec: true }))
    await server.advance(5)
    if ((await look(client, connectionId)).awsDeviceV2 === deviceId) return connectionId
  }
  assert.fail(`no port on ${deviceId}`)
}

test('a key pair becomes a secret made by Direct Connect, the new key is the last, and nobody sees the CAK again', async () => {
  await using server = await startServer({ timing: 'fast' })
  const client = server.client(account)
  const { connectionId = '' } = await client.send(new CreateConnectionCommand({ ...order, requestMACSec: true }))
  const first = await addKey(client, { connectionId, ckn: hexadecimal('a'), cak })
  assert.equal(first.connectionId, connectionId)
  const name = `directconnect!prod/us-east-1/directconnect/${hexadecimal('a')}`
  assert.match(
    String(first.secretARN),
    new RegExp(`^arn:aws:secretsmanager:us-east-1:${account}:secret:${name}-[A-Za-z]{6}$`),
  )
  assert.ok(!first.secretARN?.includes('_'), 'Terraform splits its id at an underscore')
  assert.equal(first.macSecKeys?.[0]?.state, 'associating')
  assert.ok(!Number.isNaN(Date.parse(String(first.macSecKeys?.[0]?.startOn))))
  await server.advance(1)
  const second = await addKey(client, { connectionId, ckn: hexadecimal('B'), cak })
  assert.deepEqual(
    second.macSecKeys?.map(({ ckn, state }) => [ckn, state]),
    [
      [hexadecimal('a'), 'associated'],
      [hexadecimal('B'), 'associating'],
    ],
  )
  const { macSecKeys, portEncryptionStatus } = await look(client, connectionId)
  assert.deepEqual(macSecKeys, second.macSecKeys)
  assert.equal(portEncryptionStatus, 'Encryption Down', 'the link is not up yet')
  await server.advance(2)
  assert.equal((await look(client, connectionId)).portEncryptionStatus, 'Encryption Up')

  const told = JSON.stringify([
    await server.operator('GET', '/connections'),
    await server.operator('GET', '/audit'),
    first,
    second,
  ])
  assert.ok(told.includes(hexadecimal('a')))
  assert.ok(!told.includes(cak))
  for (const file of readdirSync(server.data))
    assert.ok(!readFileSync(join(server.data, file)).includes(cak), `${file} has it in clear`)
})

test('a key is given either by a secret that Direct Connect made or as ckn and cak of 64 hexadecimal characters', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account)
  const connectionId = await secure(client)
  const ckn = hexadecimal('1')
  const made = (region: string, owner: string, rest: string) =>
    `arn:aws:secretsmanager:${region}:${owner}:secret:${rest}`
  const own = (rest: string) => made('us-east-1', account, `directconnect!prod/us-east-1/directconnect/${rest}`)
  const wrong: readonly (readonly [object, RegExp])[] = [
    [{}, /Field secretARN, or both ckn and cak, is required/],
    [{ ckn: '', cak: '' }, /Field secretARN, or both ckn and cak, is required/],
    [{ ckn }, /Field cak is required/],
    [{ ckn, cak: '' }, /Field cak is required/],
    [{ cak }, /Field ckn is required/],
    [{ secretARN: own(`${ckn}-AbCdEf`), ckn, cak }, /Only one of/],
    [{ secretARN: own(`${ckn}-AbCdEf`), ckn }, /Only one of/],
    [{ ckn: ckn.slice(1), cak }, /for ckn: it must be 64 hexadecimal/],
    [{ ckn: `${ckn.slice(1)}g`, cak }, /for ckn: it must be 64 hexadecimal/],
    [{ ckn, cak: `${cak}0` }, /^Invalid value for cak: it must be 64 hexadecimal characters$/],
    [{ secretARN: 'foo' }, /for secretARN/],
    [{ secretARN: made('us-east-1', account, 'my-own-secret-AbCdEf') }, /for secretARN/],
    [{ secretARN: own(ckn) }, /for secretARN/],
    [{ secretARN: own(`${ckn.slice(1)}-AbCdEf`) }, /for secretARN/],
    [{ secretARN: own(`${ckn}-AbC_Ef`) }, /for secretARN/],
    [{ secretARN: own(`${ckn}-AbCdEf`).replace(account, '444455556666') }, /for secretARN/],
    [{ secretARN: own(`${ckn}-AbCdEf`).replaceAll('us-east-1', 'us-west-2') }, /for secretARN/],
  ]
  for (const [key, message] of wrong)
    await assert.rejects(addKey(client, { connectionId, ...key }), refused(message), JSON.stringify(key))

  const secretARN = own(`${ckn}-AbCdEf`)
  const { macSecKeys } = await addKey(client, { connectionId, secretARN })
  assert.deepEqual(
    macSecKeys?.map((key) => [key.secretARN, key.ckn]),
    [[secretARN, ckn]],
  )
})

test('only what was ordered with MACsec has keys, at most three, and each key once', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account)
  const { connectionId: plain } = await client.send(new CreateConnectionCommand(order))
  const key = { ckn: hexadecimal('1'), cak }
  await assert.rejects(
    addKey(client, { connectionId: plain, ...key }),
    refused(`Connection ${plain} is not MACsec capable`),
  )
  await assert.rejects(addKey(client, { connectionId: 'dxcon-ffffffff', ...key }), refused(/Could not find Connection/))
  await assert.rejects(addKey(client, { connectionId: 'dxlag-ffffffff', ...key }), refused(/Could not find Lag/))

  const connectionId = await secure(client)
  await assert.rejects(addKey(server.client('444455556666'), { connectionId, ...key }), refused(/Could not find/))
  await assert.rejects(addKey(server.client(account, 'us-west-2'), { connectionId, ...key }), refused(/Could not find/))
  const { secretARN } = await addKey(client, { connectionId, ckn: hexadecimal('a'), cak })
  await assert.rejects(addKey(client, { connectionId, ckn: hexadecimal('A'), cak }), refused(/already associated/))
  for (const digit of ['2', '3']) await addKey(client, { connectionId, ckn: hexadecimal(digit), cak })
  await assert.rejects(addKey(client, { connectionId, ckn: hexadecimal('4'), cak }), refused(/has 3 MACsec keys/))
  await client.send(removeKey(connectionId, secretARN))
  await addKey(client, { connectionId, ckn: hexadecimal('a'), cak })
})

test('a port that must encrypt needs a key, and with its last key goes the must', async () => {
  await using server = await startServer({ timing: 'fast' })
  const client = server.client(account)
  const { connectionId = '' } = await client.send(new CreateConnectionCommand({ ...order, requestMACSec: true }))
  await server.advance(5)
  await client.send(orderPrivate(connectionId))
  await assert.rejects(client.send(encrypt(connectionId, 'must_encrypt')), refused(/has no MACsec key, which/))
  const first = await addKey(client, { connectionId, ckn: hexadecimal('1'), cak })
  await assert.rejects(
    client.send(encrypt(connectionId, 'must_encrypt')),
    refused(/no MACsec key that is associated yet/),
  )
  await server.advance(5)
  const { encryptionMode } = await client.send(encrypt(connectionId, 'must_encrypt'))
  assert.equal(encryptionMode, 'must_encrypt')
  const states = async () => {
    const { virtualInterfaces } = await client.send(new DescribeVirtualInterfacesCommand({ connectionId }))
    const { connectionState, encryptionMode, portEncryptionStatus } = await look(client, connectionId)
    return [connectionState, encryptionMode, portEncryptionStatus, virtualInterfaces?.[0]?.virtualInterfaceState]
  }
  assert.deepEqual(await states(), ['available', 'must_encrypt', 'Encryption Up', 'available'])

  const second = await addKey(client, { connectionId, ckn: hexadecimal('2'), cak })
  await server.advance(5)
  const removed = await client.send(removeKey(connectionId, first.secretARN))
  assert.deepEqual(
    removed.macSecKeys?.map((key) => [key.secretARN, key.state]),
    [[first.secretARN, 'disassociating']],
  )
  assert.deepEqual(
    await client.send(removeKey(connectionId, first.secretARN)).then((answer) => answer.macSecKeys),
    removed.macSecKeys,
  )
  assert.deepEqual(await states(), ['available', 'must_encrypt', 'Encryption Up', 'available'])
  await server.advance(5)
  await assert.rejects(
    client.send(removeKey(connectionId, first.secretARN)),
    refused(new RegExp(`^The MACsec key with secretARN .* is not associated with Connection ${connectionId}$`)),
  )
  assert.deepEqual(
    (await look(client, connectionId)).macSecKeys?.map((key) => key.secretARN),
    [second.secretARN],
  )
  await client.send(removeKey(connectionId, second.secretARN))
  assert.deepEqual(await states(), ['available', 'should_encrypt', 'Encryption Down', 'available'])
  await server.advance(5)
  assert.deepEqual((await look(client, connectionId)).macSecKeys, [])
})

test('with no_encrypt a port is not encrypted, whatever keys it has', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account)
  const connectionId = await secure(client)
  await addKey(client, { connectionId, ckn: hexadecimal('1'), cak })
  assert.equal((await look(client, connectionId)).portEncryptionStatus, 'Encryption Up')
  await client.send(encrypt(connectionId, 'no_encrypt'))
  assert.equal((await look(client, connectionId)).portEncryptionStatus, 'Encryption Down')
})

test("a LAG's keys and mode are those of every member, also of one that joins with keys of its own", async () => {
  await using server = await startServer({ timing: 'fast' })
  const client = server.client(account)
  const { lagId = '', connections } = await client.send(
    new CreateLagCommand({
      location: 'EqDC2',
      connectionsBandwidth: '10Gbps',
      lagName: 'x',
      numberOfConnections: 2,
      requestMACSec: true,
    }),
  )
  const member = connections?.[0]?.connectionId ?? ''
  await server.advance(5)
  const lookAtLag = async () => (await client.send(new DescribeLagsCommand({ lagId }))).lags?.[0]
  const key = await addKey(client, { connectionId: lagId, ckn: hexadecimal('1'), cak })
  assert.equal(key.connectionId, lagId)
  await server.advance(5)
  await assert.rejects(
    addKey(client, { connectionId: member, ckn: hexadecimal('2'), cak }),
    refused(`Connection ${member} is in Lag ${lagId}, whose MACsec keys apply`),
  )
  await assert.rejects(client.send(removeKey(member, key.secretARN)), refused(/whose MACsec keys apply/))
  await client.send(new UpdateLagCommand({ lagId, encryptionMode: 'must_encrypt' }))

  const joining = await portOn(server, client, (await lookAtLag())?.awsDeviceV2)
  const own = await addKey(client, { connectionId: joining, ckn: hexadecimal('3'), cak })
  await server.advance(5)
  const joined = await client.send(new AssociateConnectionWithLagCommand({ connectionId: joining, lagId }))
  assert.deepEqual(
    joined.macSecKeys?.map(({ secretARN, state }) => [secretARN, state]),
    [
      [own.secretARN, 'disassociating'],
      [key.secretARN, 'associating'],
    ],
  )
  const { connectionId: born = '' } = await client.send(new CreateConnectionCommand({ ...order, lagId }))
  assert.notEqual(born, '')
  await server.advance(5)
  const seen = await lookAtLag()
  assert.equal(seen?.lagState, 'available')
  const secrets = (keys: typeof seen.macSecKeys) => keys?.map(({ secretARN }) => secretARN)
  assert.deepEqual(secrets(seen.macSecKeys), [key.secretARN])
  assert.equal(seen.connections?.length, 4)
  for (const each of seen.connections ?? []) {
    assert.deepEqual(secrets(each.macSecKeys), [key.secretARN])
    assert.deepEqual(
      [each.encryptionMode, each.portEncryptionStatus, each.connectionState],
      ['must_encrypt', 'Encryption Up', 'available'],
    )
  }

  await client.send(new DisassociateConnectionFromLagCommand({ connectionId: member, lagId }))
  const alone = await look(client, member)
  assert.deepEqual([alone.encryptionMode, secrets(alone.macSecKeys)], ['must_encrypt', [key.secretARN]])
  await client.send(removeKey(lagId, key.secretARN))
  await server.advance(5)
  const after = await lookAtLag()
  assert.deepEqual([after?.encryptionMode, after?.macSecKeys], ['should_encrypt', []])
  for (const each of after?.connections ?? [])
    assert.deepEqual([each.encryptionMode, each.macSecKeys], ['should_encrypt', []])
  assert.equal((await look(client, member)).portEncryptionStatus, 'Encryption Up', 'the one that left keeps its key')
})

test('a LAG that is made around a port begins without keys, and so without the must', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client(account)
  const connectionId = await secure(client)
  await addKey(client, { connectionId, ckn: hexadecimal('1'), cak })
  await client.send(encrypt(connectionId, 'must_encrypt'))
  const lag = await client.send(
    new CreateLagCommand({
      location: 'EqDC2',
      connectionsBandwidth: '10Gbps',
      lagName: 'x',
      numberOfConnections: 1,
      connectionId,
    }),
  )
  assert.deepEqual([lag.macSecCapable, lag.encryptionMode, lag.macSecKeys], [true, 'should_encrypt', []])
  assert.equal((await look(client, connectionId)).encryptionMode, 'should_encrypt')
})

test("a partner's interconnect has keys too", async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client('partner')
  const { interconnectId } = await client.send(
    new CreateInterconnectCommand({
      location: 'EqDC2',
      bandwidth: '10Gbps',
      interconnectName: 'x',
      requestMACSec: true,
    }),
  )
  await client.send(new DescribeInterconnectsCommand({ interconnectId }))
  const { secretARN } = await addKey(client, { connectionId: interconnectId ?? '', ckn: hexadecimal('1'), cak })
  const { interconnects } = await client.send(new DescribeInterconnectsCommand({ interconnectId }))
  assert.equal(interconnects?.[0]?.macSecKeys?.at(-1)?.secretARN, secretARN)
  assert.equal(interconnects?.[0]?.portEncryptionStatus, 'Encryption Up')
})
