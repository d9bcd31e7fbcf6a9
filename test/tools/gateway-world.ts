// Gateways of the linux fabric without devices: the other end of each wire is in a namespace of its own, where a router
// stands for the customer's. It is a real one, of the same make as ours.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addressOf } from '../../src/fabric/linux/frr-config/gateway.ts'
import { openGateways } from '../../src/fabric/linux/gateways.ts'
import { interfaceOf, type Names, namesFor } from '../../src/fabric/linux/names.ts'
import { type Gateways, type PartOptions, wireMtu } from '../../src/fabric/linux/parts.ts'
import { run } from '../../src/linux/command.ts'
import { runningProcesses } from '../../src/linux/daemons.ts'
import { endRouter, openRouter, type Router } from '../../src/linux/frr/router.ts'
import { addPair, ipBatch } from '../../src/linux/links.ts'
import { deleteNamespace, ensureNamespace, listNamespaces, routerSwitches } from '../../src/linux/namespaces.ts'
import type { DesiredGateway, DesiredSession, DesiredVirtualInterface } from '../../src/product/desired/desired.ts'
import type { CustomerRoute } from '../../src/product/routing/customer-routes.ts'
import type { Seen } from '../../src/product/sightings/seen.ts'
import { nft, skipWithout, vtysh } from './clients.ts'
import { linuxTools } from './linux.ts'
import { until } from './until.ts'

/** `test('…', gatewayTools, …)`: needs root, and FRR and nftables. */
export const gatewayTools = [linuxTools, skipWithout('FRR', vtysh), skipWithout('nftables', nft)].find(
  ({ skip }) => skip,
) ?? {
  skip: false,
}

export interface GatewayWorld extends AsyncDisposable {
  readonly names: Names
  readonly gateways: Gateways
  readonly warnings: readonly string[]
  /** As after our restart: what runs is taken over. */
  reopen(): Promise<void>
  /** The wires of a gateway's virtual interfaces, with the customers' addresses at their other ends. */
  wire(gateway: DesiredGateway): Promise<void>
  /** A router at the other end of virtual interfaces, which announces; again: what it announces from now on. */
  customer(vif: DesiredVirtualInterface, announces: readonly CustomerRoute[]): Promise<Router>
  /** What is seen of the sessions, by BGP peer, once it is as wanted. */
  seen(condition: (seen: ReadonlyMap<string, Seen>) => boolean, deadlineMs?: number): Promise<ReadonlyMap<string, Seen>>
}

export function gatewayWorld(): GatewayWorld {
  const directory = mkdtempSync(join(tmpdir(), 'crossconnect-gateways-'))
  const names = namesFor(directory)
  const warnings: string[] = []
  const options = (): PartOptions => ({
    names,
    directory,
    running: runningProcesses(),
    warn: (facts, message) => warnings.push(`${message} ${'err' in facts ? String(facts.err) : ''}`),
  })
  const customers = new Map<string, Router>()
  const customerDirectory = (deviceId: string) => `/run/crossconnect/${names.prefix}customer-${deviceId}`
  const state = { gateways: openGateways(options()) }

  return {
    names,
    warnings,
    get gateways() {
      return state.gateways
    },
    async reopen() {
      await state.gateways.end('keep')
      state.gateways = openGateways(options())
    },
    async wire(gateway) {
      await ensureNamespace(names.gateway(gateway.id), routerSwitches)
      for (const vif of gateway.virtualInterfaces) {
        const [namespace, name] = [names.device(vif.deviceId), interfaceOf(vif.id)]
        await ensureNamespace(namespace, routerSwitches)
        const addresses = vif.sessions.map(({ customerAddress }) => customerAddress)
        await addPair(
          { namespace: names.gateway(gateway.id), name, mtu: wireMtu, up: true },
          { namespace, name, mtu: wireMtu, up: true, addresses },
        ).catch((error: unknown) => {
          if (!(error instanceof Error && /exists/.test(error.message))) throw error
        })
      }
    },
    async customer(vif, announces) {
      const namespace = names.device(vif.deviceId)
      const configuration = customerConfiguration(vif, announces)
      const known = customers.get(vif.deviceId)
      if (known !== undefined) {
        await known.configure(configuration)
        return known
      }
      const hosts = announces.map(({ cidr }) => `address replace ${firstHost(cidr)} dev lo`)
      await ipBatch(namespace, hosts)
      mkdirSync('/run/crossconnect', { recursive: true })
      const router = await openRouter({
        ...options(),
        namespace,
        directory: customerDirectory(vif.deviceId),
        bgp: configuration,
        bfd: 'bfd\n profile quick\n  receive-interval 300\n  transmit-interval 300\n exit\nexit\n',
      })
      customers.set(vif.deviceId, router)
      return router
    },
    seen: (condition, deadlineMs) =>
      until(async () => {
        const seen = new Map((await state.gateways.look(() => true)).map((each) => [each.id, each]))
        return condition(seen) && seen
      }, deadlineMs),
    async [Symbol.asyncDispose]() {
      await state.gateways.end('remove')
      for (const [deviceId, router] of customers) {
        await router.release()
        await endRouter({ namespace: names.device(deviceId), directory: customerDirectory(deviceId) })
      }
      for (const namespace of listNamespaces(names.prefix)) {
        for (const pid of execFileSync('ip', ['netns', 'pids', namespace]).toString().split('\n').filter(Boolean))
          process.kill(Number(pid), 'SIGKILL')
        await deleteNamespace(namespace)
      }
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function firstHost(cidr: string): string {
  return cidr.replace(/0\/\d+$/, '1/32').replace(/::\/\d+$/, '::1/128')
}

function customerConfiguration(
  { sessions, deviceId }: DesiredVirtualInterface,
  announces: readonly CustomerRoute[],
): string {
  const asn = sessions[0]?.asn ?? 0
  const familyOf = (cidr: string) => (cidr.includes(':') ? 'ipv6' : 'ipv4')
  return [
    'log stdout informational',
    'bgp route-map delay-timer 1',
    ...announces.flatMap(({ asPath = [], communities = [], med }, index) => [
      `route-map announce-${index} permit 10`,
      ...(asPath.length === 0 ? [] : [` set as-path prepend ${asPath.join(' ')}`]),
      ...(communities.length === 0 ? [] : [` set community ${communities.join(' ')}`]),
      ...(med === undefined ? [] : [` set metric ${med}`]),
      'exit',
    ]),
    `router bgp ${asn}`,
    ` bgp router-id 192.0.2.${(Number.parseInt(deviceId.replaceAll(/\D/g, ''), 10) % 250) + 1}`,
    ' no bgp ebgp-requires-policy',
    ' no bgp default ipv4-unicast',
    ' no bgp network import-check',
    ' bgp bestpath as-path multipath-relax',
    ' coalesce-time 0',
    ...sessions.flatMap(({ amazonAddress, authKey, announced }) => [
      ` neighbor ${addressOf(amazonAddress)} remote-as ${announced[0]?.asPath[0] ?? 64_512}`,
      ` neighbor ${addressOf(amazonAddress)} password ${authKey}`,
      ` neighbor ${addressOf(amazonAddress)} bfd profile quick`,
      ` neighbor ${addressOf(amazonAddress)} timers connect 1`,
    ]),
    ...(['ipv4', 'ipv6'] as const).flatMap((family) => [
      ` address-family ${family} unicast`,
      ...announces.flatMap(({ cidr }, index) =>
        familyOf(cidr) === family ? [`  network ${cidr} route-map announce-${index}`] : [],
      ),
      ...sessions
        .filter((session) => session.family === family)
        .flatMap(({ amazonAddress }) => [
          `  neighbor ${addressOf(amazonAddress)} activate`,
          `  neighbor ${addressOf(amazonAddress)} soft-reconfiguration inbound`,
        ]),
      ' exit-address-family',
    ]),
    '',
  ].join('\n')
}

/** A virtual interface with one session, numbered: its addresses, its device and its BGP peer follow from the number. */
export function numbered(
  number: number,
  facts: Partial<DesiredVirtualInterface> = {},
  session: Partial<DesiredSession> = {},
): DesiredVirtualInterface {
  const id = number.toString(16).padStart(7, '0')
  return {
    id: `dxvif-f${id}`,
    type: 'private',
    deviceId: `device-${number}`,
    carrierId: `dxcon-f${id}`,
    vlan: 100 + number,
    mtu: 1500,
    limitBps: null,
    siteLinkEnabled: false,
    region: 'us-east-1',
    routeFilterPrefixes: [],
    withheld: null,
    sessions: [numberedSession(number, session)],
    ...facts,
  }
}

export function numberedSession(number: number, facts: Partial<DesiredSession> = {}): DesiredSession {
  const isSix = facts.family === 'ipv6'
  const address = (host: number) =>
    isSix ? `2001:db8:${number.toString(16)}::${host}/125` : `169.254.${number}.${host}/30`
  return {
    bgpPeerId: `dxpeer-${isSix ? 'f6' : 'f4'}${number.toString(16).padStart(6, '0')}`,
    family: 'ipv4',
    asn: 65_000 + number,
    customerAddress: address(isSix ? 6 : 2),
    amazonAddress: address(1),
    authKey: `key-of-${number}`,
    prefixLimit: 100,
    withheld: null,
    shutDown: null,
    clearedAt: null,
    announced: [{ cidr: isSix ? '2001:db8:aa00::/56' : '10.0.0.0/16', asPath: [64_512], communities: [] }],
    ...facts,
  }
}

/**
 * Over which virtual interfaces a gateway sends what is for a network and comes from a VPC or over a virtual interface.
 */
export async function waysTo(
  world: GatewayWorld,
  { id }: DesiredGateway,
  cidr: string,
  from: string,
): Promise<readonly string[]> {
  const ip = (...args: readonly string[]) =>
    run('ip', [cidr.includes(':') ? '-6' : '-4', '-n', world.names.gateway(id), '-json', ...args])
  const rules: readonly { readonly iif?: string; readonly table: string }[] = JSON.parse(await ip('rule', 'show'))
  const table = rules.find(({ iif }) => iif === interfaceOf(from))?.table ?? 'main'
  const text = await ip('route', 'show', 'table', table, cidr).catch(() => '[]')
  const rows: readonly { readonly dev?: string; readonly nexthops?: readonly { readonly dev: string }[] }[] =
    JSON.parse(text)
  return rows
    .flatMap(({ dev, nexthops = [] }) => [...(dev === undefined ? [] : [dev]), ...nexthops.map((hop) => hop.dev)])
    .toSorted()
}
