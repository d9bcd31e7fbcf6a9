// Installations as earlier schemas kept them, written by scripts/schema-fixture.mjs. What is told when one is written is what
// a test can ask for once it has been brought to the present schema.
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { call } from '../wire/signed.ts'

export const fixtures = join(import.meta.dirname, 'schemas')
/** Of nobody's installation. */
export const fixtureKey = Buffer.alloc(32, 7).toString('base64')

const ask = async (url: string, target: string, body: object) => {
  const { status, json, text } = await call(url, { target, body: JSON.stringify(body) })
  if (status !== 200) throw new Error(`${target}: ${text}`)
  return json
}

/** Orders something of each kind that matters, with a secret in it. */
export async function tell(url: string): Promise<void> {
  const order = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'of old', tags: [{ key: 'k', value: 'v' }] }
  const { connectionId } = await ask(url, 'CreateConnection', order)
  const { directConnectGateway } = await ask(url, 'CreateDirectConnectGateway', { directConnectGatewayName: 'of old' })
  const { directConnectGatewayId } = directConnectGateway
  const wish = {
    virtualInterfaceName: 'of old',
    vlan: 101,
    asn: 65_000,
    authKey: 'secretsecret',
    directConnectGatewayId,
  }
  await ask(url, 'CreatePrivateVirtualInterface', { connectionId, newPrivateVirtualInterface: wish })
  const gone = await ask(url, 'CreateConnection', { ...order, connectionName: 'gone' })
  await ask(url, 'DeleteConnection', { connectionId: gone.connectionId })
}

/** What an installation to which all that was told shows of it. */
export async function told(url: string): Promise<unknown> {
  const { connections } = await ask(url, 'DescribeConnections', {})
  const { virtualInterfaces } = await ask(url, 'DescribeVirtualInterfaces', {})
  return {
    connections: connections.map((each: Readonly<Record<string, unknown>>) => [each['connectionName'], each['tags']]),
    virtualInterfaces: virtualInterfaces.map((each: Readonly<Record<string, unknown>>) => [
      each['virtualInterfaceName'],
      each['vlan'],
      each['authKey'],
    ]),
  }
}

/** The schemas of which there is a fixture for a store, with its content, oldest first. */
export function fixturesOf(ending: 'sqlite' | 'postgres.sql') {
  return globSync(`*.${ending}.gz`, { cwd: fixtures })
    .toSorted()
    .map((name) => ({
      schema: Number(basename(name).split('.')[0]),
      content: gunzipSync(readFileSync(join(fixtures, name))),
    }))
}
