import type { JsonObject } from '../connection/connection.ts'
import { isObject, numberIn, objectsIn, textIn } from '../connection/json.ts'
import type { Inventory } from './gather.ts'
import type { Carrier, Item } from './item.ts'
import { reasonOf, type reasons } from './reasons.ts'

/** The trees of what an account has: what carries something above what is carried. */
export function itemsOf(inventory: Inventory): readonly Item[] {
  const { lags, connections, interconnects, hosted, virtualInterfaces, gateways, associations, attachments } = inventory
  const onCarrier = Map.groupBy(virtualInterfaces, (vif) => textIn(vif, 'connectionId'))
  const carriers = new Set<string>()

  const carried = (carrier: Carrier): readonly Item[] => {
    carriers.add(carrier.id)
    const hosting = (hosted.get(carrier.id) ?? []).map((each) => connectionItem(each))
    const vifs = (onCarrier.get(carrier.id) ?? []).map((vif) => virtualInterfaceItem(vif, carrier))
    return [...hosting, ...vifs]
  }

  function connectionItem(connection: JsonObject): Item {
    // A hosted connection has its partner's VLAN, a port of one's own has none.
    const isHosted = numberIn(connection, 'vlan') !== undefined
    return grown(
      {
        kind: isHosted ? 'hosted connection' : 'connection',
        id: textIn(connection, 'connectionId'),
        name: textIn(connection, 'connectionName'),
        facts: [textIn(connection, 'location'), textIn(connection, 'bandwidth'), ...vlanOf(connection)],
        ...stateOf(isHosted ? 'hosted' : 'connection', textIn(connection, 'connectionState'), connection),
      },
      carried,
    )
  }

  const lagItem = (lag: JsonObject): Item =>
    grown(
      {
        kind: 'LAG',
        id: textIn(lag, 'lagId'),
        name: textIn(lag, 'lagName'),
        facts: [
          textIn(lag, 'location'),
          `${numberIn(lag, 'numberOfConnections') ?? 0} x ${textIn(lag, 'connectionsBandwidth')}`,
        ],
        ...stateOf('lag', textIn(lag, 'lagState'), lag),
      },
      (carrier) => [...objectsIn(lag, 'connections').map(connectionItem), ...carried(carrier)],
    )

  const interconnectItem = (interconnect: JsonObject): Item =>
    grown(
      {
        kind: 'interconnect',
        id: textIn(interconnect, 'interconnectId'),
        name: textIn(interconnect, 'interconnectName'),
        facts: [textIn(interconnect, 'location'), textIn(interconnect, 'bandwidth')],
        ...stateOf('interconnect', textIn(interconnect, 'interconnectState'), interconnect),
      },
      carried,
    )

  const gatewayItem = (gateway: JsonObject): Item => {
    const id = textIn(gateway, 'directConnectGatewayId')
    return {
      kind: 'Direct Connect gateway',
      id,
      name: textIn(gateway, 'directConnectGatewayName'),
      facts: [`ASN ${numberIn(gateway, 'amazonSideAsn') ?? '?'}`],
      ...stateOf('gateway', textIn(gateway, 'directConnectGatewayState'), gateway),
      children: [
        ...(associations.get(id) ?? []).map(associationItem),
        ...(attachments.get(id) ?? []).map(attachmentItem),
      ],
    }
  }

  const inLags = new Set(
    lags.flatMap((lag) => objectsIn(lag, 'connections')).map((each) => textIn(each, 'connectionId')),
  )
  const own = [
    ...lags.map(lagItem),
    ...interconnects.map(interconnectItem),
    ...connections.filter((each) => !inLags.has(textIn(each, 'connectionId'))).map(connectionItem),
  ]
  const elsewhere = virtualInterfaces.filter((vif) => !carriers.has(textIn(vif, 'connectionId')))
  return [...own, ...elsewhere.map((vif) => virtualInterfaceItem(vif)), ...gateways.map(gatewayItem)]
}

function virtualInterfaceItem(vif: JsonObject, carrier?: Carrier): Item {
  const state = textIn(vif, 'virtualInterfaceState')
  const where = carrier === undefined ? [`on ${textIn(vif, 'connectionId')}`] : []
  return {
    kind: `${textIn(vif, 'virtualInterfaceType')} virtual interface`,
    id: textIn(vif, 'virtualInterfaceId'),
    name: textIn(vif, 'virtualInterfaceName'),
    facts: [...vlanOf(vif), ...where],
    ...stateOf('virtualInterface', state, vif, carrier),
    children: objectsIn(vif, 'bgpPeers').map((peer) => peerItem(peer, state, carrier)),
  }
}

function peerItem(peer: JsonObject, ofInterface: string, carrier: Carrier | undefined): Item {
  const ready = textIn(peer, 'bgpPeerState') === 'available'
  const status = ready ? textIn(peer, 'bgpStatus') : textIn(peer, 'bgpPeerState')
  const state = status === 'down' && ofInterface === 'testing' ? 'testing' : status
  return {
    kind: 'BGP peer',
    id: textIn(peer, 'bgpPeerId'),
    name: '',
    facts: [
      textIn(peer, 'addressFamily') === 'ipv6' ? 'IPv6' : 'IPv4',
      `ASN ${numberIn(peer, 'asnLong') ?? numberIn(peer, 'asn') ?? '?'}`,
      ...[textIn(peer, 'customerAddress')].filter(Boolean),
    ],
    ...stateOf('bgpPeer', state, peer, carrier),
    children: [],
  }
}

function associationItem(association: JsonObject): Item {
  const associated = association['associatedGateway']
  const gateway = isObject(associated) ? associated : undefined
  return {
    kind: 'association',
    id: textIn(association, 'associationId'),
    name: '',
    facts: [textIn(gateway, 'id') || textIn(association, 'virtualGatewayId'), textIn(gateway, 'region')].filter(
      Boolean,
    ),
    ...stateOf('association', textIn(association, 'associationState'), association),
    children: [],
  }
}

function attachmentItem(attachment: JsonObject): Item {
  return {
    kind: 'attachment',
    id: textIn(attachment, 'virtualInterfaceId'),
    name: '',
    facts: [textIn(attachment, 'virtualInterfaceRegion')],
    ...stateOf('attachment', textIn(attachment, 'attachmentState'), attachment),
    children: [],
  }
}

const vlanOf = (object: JsonObject): readonly string[] => {
  const vlan = numberIn(object, 'vlan')
  return vlan === undefined ? [] : [`VLAN ${vlan}`]
}

const stateOf = (kind: keyof typeof reasons, state: string, object: JsonObject, carrier?: Carrier) => ({
  state,
  reason: reasonOf(kind, state, object, carrier),
})

const grown = (item: Omit<Item, 'children'>, children: (carrier: Carrier) => readonly Item[]): Item => ({
  ...item,
  children: children(item),
})
