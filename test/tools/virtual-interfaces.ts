// What tests of virtual interfaces begin with: a connection that works, orders that are right but for what a test changes.
import assert from 'node:assert/strict'
import {
  AllocatePrivateVirtualInterfaceCommand,
  CreateConnectionCommand,
  CreateDirectConnectGatewayCommand,
  CreatePrivateVirtualInterfaceCommand,
  CreatePublicVirtualInterfaceCommand,
  CreateTransitVirtualInterfaceCommand,
  DescribeConnectionsCommand,
  DescribeVirtualInterfacesCommand,
  type DirectConnectClient,
  type NewPrivateVirtualInterface,
  type NewPrivateVirtualInterfaceAllocation,
  type NewPublicVirtualInterface,
  type NewTransitVirtualInterface,
  type VirtualInterface,
} from '@aws-sdk/client-direct-connect'
import type { TestServer } from './server.ts'
import { until } from './until.ts'

/** Orders a connection and waits until it is available. */
export async function connect(client: DirectConnectClient, bandwidth = '10Gbps'): Promise<string> {
  const order = { location: 'EqDC2', bandwidth, connectionName: 'c' }
  const { connectionId } = await client.send(new CreateConnectionCommand(order))
  return available(client, connectionId)
}

/** The timing of a server on which nothing happens between two calls unless its clock is moved. */
export const byTheClock = { timing: 'aws', provisioning: 'manual' } as const
/** By then whatever was ordered, moved or deleted on such a server is done. */
export const doneSeconds = 120

/** As `connect`, on a server that goes by the clock. */
export async function connectByOperator(server: TestServer, client: DirectConnectClient): Promise<string> {
  const order = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'c' }
  const { connectionId } = await client.send(new CreateConnectionCommand(order))
  return approved(server, client, connectionId)
}

/** Approves a port and plugs its cable, as an operator does. */
export async function approved(
  server: TestServer,
  client: DirectConnectClient,
  connectionId: string | undefined,
): Promise<string> {
  await server.operator('POST', `/connections/${connectionId}/approve`)
  await server.operator('POST', `/connections/${connectionId}/cable`)
  return available(client, connectionId)
}

export async function available(client: DirectConnectClient, connectionId: string | undefined): Promise<string> {
  assert.ok(connectionId !== undefined)
  await until(async () => {
    const { connections } = await client.send(new DescribeConnectionsCommand({ connectionId }))
    return connections?.[0]?.connectionState === 'available'
  })
  return connectionId
}

export async function makeGateway(client: DirectConnectClient, amazonSideAsn?: number): Promise<string> {
  const order = { directConnectGatewayName: 'g', amazonSideAsn }
  const { directConnectGateway } = await client.send(new CreateDirectConnectGatewayCommand(order))
  assert.ok(directConnectGateway?.directConnectGatewayId !== undefined)
  return directConnectGateway.directConnectGatewayId
}

export const virtualGatewayId = 'vgw-0123456789abcdef0'

export function orderPrivate(connectionId: string, facts: Partial<NewPrivateVirtualInterface> = {}) {
  const given = facts.directConnectGatewayId === undefined ? { virtualGatewayId } : {}
  const order = { virtualInterfaceName: 'private', vlan: 101, asn: 65000, ...given, ...facts }
  return new CreatePrivateVirtualInterfaceCommand({ connectionId, newPrivateVirtualInterface: order })
}

export function orderPublic(connectionId: string, facts: Partial<NewPublicVirtualInterface> = {}) {
  const addresses =
    facts.addressFamily === 'ipv6' ? {} : { amazonAddress: '203.0.113.1/30', customerAddress: '203.0.113.2/30' }
  const routeFilterPrefixes = [{ cidr: facts.addressFamily === 'ipv6' ? '2001:db8:1::/48' : '198.51.100.0/24' }]
  const order = { virtualInterfaceName: 'public', vlan: 102, asn: 65000, ...addresses, routeFilterPrefixes, ...facts }
  return new CreatePublicVirtualInterfaceCommand({ connectionId, newPublicVirtualInterface: order })
}

export function orderTransit(connectionId: string, facts: Partial<NewTransitVirtualInterface> = {}) {
  const order = { virtualInterfaceName: 'transit', vlan: 103, asn: 65000, ...facts }
  return new CreateTransitVirtualInterfaceCommand({ connectionId, newTransitVirtualInterface: order })
}

export function allocatePrivate(
  connectionId: string,
  ownerAccount: string,
  facts: Partial<NewPrivateVirtualInterfaceAllocation> = {},
) {
  const order = { virtualInterfaceName: 'hosted', vlan: 104, asn: 65000, ...facts }
  return new AllocatePrivateVirtualInterfaceCommand({
    connectionId,
    ownerAccount,
    newPrivateVirtualInterfaceAllocation: order,
  })
}

/** As the account sees it; undefined: it does not. */
export async function look(
  client: DirectConnectClient,
  virtualInterfaceId: string | undefined,
): Promise<VirtualInterface | undefined> {
  assert.ok(virtualInterfaceId !== undefined)
  const { virtualInterfaces } = await client.send(new DescribeVirtualInterfacesCommand({ virtualInterfaceId }))
  return virtualInterfaces?.[0]
}

/** Waits for a state; for a server with instant timing. */
export async function reaches(
  client: DirectConnectClient,
  virtualInterfaceId: string | undefined,
  state: string,
): Promise<VirtualInterface> {
  let seen: VirtualInterface | undefined
  await until(async () => {
    seen = await look(client, virtualInterfaceId)
    return seen?.virtualInterfaceState === state
  })
  assert.ok(seen !== undefined)
  return seen
}

/** What `assert.rejects` expects of a refusal. */
export const refused = (message: string | RegExp) => ({ name: 'DirectConnectClientException', message })
