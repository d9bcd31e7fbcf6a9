import type { Router } from '../../linux/frr/router.ts'
import { networkOf, parseCidr, showCidr } from '../../product/addresses/cidr.ts'
import type { DesiredGateway, DesiredVpc } from '../../product/desired/desired.ts'
import { bgpConfiguration, sessionsOf } from './frr-config/gateway.ts'
import { viewConfiguration } from './frr-config/views.ts'
import { interfaceOf } from './names.ts'
import { addAddresses, addRules, removeOthers, type ViewTable } from './view-rules.ts'
import { homeOf, type Views, viewsOf } from './views.ts'
import { placesOf } from './vpcs.ts'

/** How a gateway chooses ways: who asks in which table. */
export interface Routing {
  readonly views: Views
  readonly tables: readonly ViewTable[]
  /** What lies on its own wires and in the VPCs behind it. */
  readonly near: readonly string[]
}

export function routingOf(gateway: DesiredGateway, vpcs: readonly DesiredVpc[]): Routing {
  const views = viewsOf(
    gateway,
    vpcs.map(({ region }) => region),
  )
  const tables = views.further.map((view, index) => ({
    view,
    interfaces: [
      ...vpcs.filter(({ region }) => homeOf(gateway, region) === view.home).map(({ id }) => interfaceOf(id)),
      // The gateway itself answers whoever it has routes to.
      ...(views.home === null && index === 0 ? ['lo'] : []),
    ],
  }))
  const wires = sessionsOf(gateway).flatMap(({ session }) => parseCidr(session.amazonAddress) ?? [])
  const blocks = vpcs.flatMap(placesOf).map(({ cidr }) => cidr)
  return {
    views,
    tables,
    near: [...new Set([...wires.map((cidr) => showCidr(networkOf(cidr))), ...blocks])].toSorted(),
  }
}

/**
 * Brings a gateway from one way of choosing to another so that there is always one: what is new is there before anybody
 * asks it, and what has gone goes when nobody does any more. The sessions of customers notice nothing.
 *
 * @param open the router of the gateway; it begins with the configuration if it does not run
 */
export async function bringRouting(
  namespace: string,
  gateway: DesiredGateway,
  before: Routing | undefined,
  after: Routing,
  open: (configuration: string) => Promise<Router>,
): Promise<Router> {
  const { tables, near, views } = after
  const between = bothOf(before?.views, views)
  if (between.further.length > 0) await addAddresses(namespace, between.further)
  const configuration = bgpConfiguration(gateway, between)
  const router = await open(configuration)
  await router.configure(configuration)
  await keepBeside(between)
  const isNew = JSON.stringify(before) !== JSON.stringify(after)
  if (isNew && tables.length > 0) await addRules(namespace, tables, near)
  const lasting = bgpConfiguration(gateway, views)
  if (lasting !== configuration) await router.configure(lasting)
  await keepBeside(views)
  if (isNew && between.further.length > 0) await removeOthers(namespace, tables, near)
  return router

  function keepBeside({ further }: Views): Promise<void> {
    return router.keepBeside(new Map(further.map((view) => [view.table, viewConfiguration(gateway.asn, view)])))
  }
}

/** The first is as it was, and there are all others. */
function bothOf(before: Views | undefined, after: Views): Views {
  const { home, further } = before ?? after
  const known = new Set(further.map((view) => view.home))
  return { home, further: [...further, ...after.further.filter((view) => !known.has(view.home))] }
}
