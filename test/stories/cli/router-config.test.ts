import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateConnectionCommand,
  CreatePrivateVirtualInterfaceCommand,
  DescribeRouterConfigurationCommand,
} from '@aws-sdk/client-direct-connect'
import { routerTypes } from '../../../src/contract/router-types.ts'
import { crossconnect, typed } from '../../tools/command-line.ts'
import { startServer, type TestServer } from '../../tools/server.ts'

async function virtualInterface(server: TestServer): Promise<string> {
  const client = server.client()
  const { connectionId } = await client.send(
    new CreateConnectionCommand({ location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'first' }),
  )
  const { virtualInterfaceId = '' } = await client.send(
    new CreatePrivateVirtualInterfaceCommand({
      connectionId,
      newPrivateVirtualInterface: {
        virtualInterfaceName: 'vpc',
        vlan: 101,
        asn: 65_000,
        virtualGatewayId: 'vgw-0a1b2c3d',
      },
    }),
  )
  return virtualInterfaceId
}

test('router-config prints what the API answers for a vendor, by its short name or its identifier', async () => {
  await using server = await startServer({ timing: 'instant' })
  const virtualInterfaceId = await virtualInterface(server)
  for (const { alias, routerTypeIdentifier } of routerTypes) {
    const command = new DescribeRouterConfigurationCommand({ virtualInterfaceId, routerTypeIdentifier })
    const { customerRouterConfig = '' } = await server.client().send(command)
    for (const vendor of [alias, routerTypeIdentifier]) {
      const printed = await crossconnect(server, ['router-config', virtualInterfaceId, '--vendor', vendor])
      assert.deepEqual([printed.status, printed.stdout.trimEnd()], [0, customerRouterConfig.trimEnd()], printed.stderr)
    }
  }
})

test('a vendor that is missing where nobody can be asked, or unknown: exit code 2 with the list', async () => {
  await using server = await startServer()
  const missing = await crossconnect(server, ['router-config', 'dxvif-0a1b2c3d'])
  const unknown = await crossconnect(server, ['router-config', 'dxvif-0a1b2c3d', '--vendor', 'junoss'])
  for (const { status, stderr } of [missing, unknown]) {
    assert.equal(status, 2)
    for (const { alias } of routerTypes) assert.ok(stderr.includes(alias))
  }
  assert.match(unknown.stderr, /--vendor junoss: .*\(did you mean junos/)
})

test('on a terminal the vendor is chosen from a list, by number or by name', async () => {
  await using server = await startServer({ timing: 'instant' })
  const id = await virtualInterface(server)
  const second = routerTypes[1]
  const chosen = await typed(server, ['router-config', id], `99\nbogus\n2\n`)
  assert.equal(chosen.status, 0, chosen.stdout)
  assert.match(chosen.stdout, /99 is none of these[\s\S]*bogus is none of these/)
  for (const line of chosen.stdout.split('\r\n').slice(0, routerTypes.length)) assert.ok(line.length < 80, line)
  const { stdout } = await crossconnect(server, ['router-config', id, '--vendor', second.alias])
  assert.ok(chosen.stdout.replaceAll('\r\n', '\n').includes(stdout))
  const none = await typed(server, ['router-config', id], '\u0004')
  assert.equal(none.status, 2)
  assert.match(none.stdout, /nothing was chosen; say it with --vendor/)
})
