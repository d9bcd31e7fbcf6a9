import { enums } from '../../contract/enums.ts'
import { clearSession } from '../../product/bgp/clear-session.ts'
import { listBgpPeers } from '../../product/bgp/list-bgp-peers.ts'
import { announceCustomerRoutes } from '../../product/routing/announce-customer-routes.ts'
import { listCustomerRoutes } from '../../product/routing/list-customer-routes.ts'
import {
  listVirtualInterfaces,
  readVirtualInterface,
} from '../../product/virtual-interfaces/list-virtual-interfaces.ts'
import { rejectVirtualInterface } from '../../product/virtual-interfaces/reject-virtual-interface.ts'
import { setRouteFilterPrefixes } from '../../product/virtual-interfaces/set-route-filter-prefixes.ts'
import { verifyVirtualInterface } from '../../product/virtual-interfaces/verify-virtual-interface.ts'
import { type OperatorOperation, operation } from '../operation.ts'
import * as shapes from '../shapes.ts'

/** Virtual interfaces, their BGP peers and what is announced on them, of whatever account. */
export const virtualInterfaceOperations: readonly OperatorOperation[] = [
  operation({
    name: 'ListVirtualInterfaces',
    method: 'GET',
    path: '/virtual-interfaces',
    summary: "Every account's virtual interfaces, with all facts",
    query: {
      type: 'object',
      properties: {
        state: { type: 'string', enum: enums.VirtualInterfaceState },
        accountId: shapes.accountId,
        ...shapes.paging,
      },
    },
    answer: shapes.pageOf('virtualInterfaces', shapes.virtualInterface),
    decide: listVirtualInterfaces,
  }),
  operation({
    name: 'GetVirtualInterface',
    method: 'GET',
    path: '/virtual-interfaces/:virtualInterfaceId',
    summary: 'One virtual interface, also after its end',
    answer: shapes.virtualInterface,
    decide: readVirtualInterface,
  }),
  operation({
    name: 'VerifyVirtualInterface',
    method: 'POST',
    path: '/virtual-interfaces/:virtualInterfaceId/verify',
    summary: "State that a public virtual interface's addresses and ASN are its customer's",
    answer: shapes.virtualInterface,
    decide: verifyVirtualInterface,
  }),
  operation({
    name: 'RejectVirtualInterface',
    method: 'POST',
    path: '/virtual-interfaces/:virtualInterfaceId/reject',
    summary: 'Decline a virtual interface that is confirming or verifying',
    answer: shapes.virtualInterface,
    decide: rejectVirtualInterface,
  }),
  operation({
    name: 'SetRouteFilterPrefixes',
    method: 'PUT',
    path: '/virtual-interfaces/:virtualInterfaceId/route-filter-prefixes',
    summary: 'Replace the prefixes that a public virtual interface may announce',
    body: {
      type: 'object',
      properties: { prefixes: { type: 'array', items: { type: 'string', maxLength: 64 }, maxItems: 1_000 } },
      required: ['prefixes'],
    },
    answer: shapes.virtualInterface,
    decide: setRouteFilterPrefixes,
  }),
  operation({
    name: 'AnnounceCustomerRoutes',
    method: 'PUT',
    path: '/virtual-interfaces/:virtualInterfaceId/customer-routes',
    summary: "State what the customer's router announces from now on (simulated fabric); an empty list withdraws all",
    body: {
      type: 'object',
      properties: { routes: { type: 'array', items: shapes.route, maxItems: 10_000 } },
      required: ['routes'],
    },
    answer: shapes.announcedRoutes,
    decide: announceCustomerRoutes,
  }),
  operation({
    name: 'ListCustomerRoutes',
    method: 'GET',
    path: '/virtual-interfaces/:virtualInterfaceId/customer-routes',
    summary: "What the customer's router has announced and when, oldest first",
    query: { type: 'object', properties: shapes.paging },
    answer: shapes.pageOf('announced', shapes.announcedRoutes),
    decide: listCustomerRoutes,
  }),
  operation({
    name: 'ListBgpPeers',
    method: 'GET',
    path: '/bgp-peers',
    summary: "Every account's BGP peers; limit counts virtual interfaces",
    query: {
      type: 'object',
      properties: {
        state: { type: 'string', enum: enums.BGPPeerState },
        virtualInterfaceId: shapes.id,
        ...shapes.paging,
      },
    },
    answer: shapes.pageOf('bgpPeers', shapes.bgpPeer),
    decide: listBgpPeers,
  }),
  operation({
    name: 'ClearSession',
    method: 'POST',
    path: '/bgp-peers/:bgpPeerId/clear',
    summary: 'Reset the session, as the customer would on their router',
    answer: shapes.bgpPeer,
    decide: clearSession,
  }),
]
