import type { BgpPeer } from '../bgp/bgp-peer.ts'
import type { VirtualInterface } from './virtual-interface.ts'

/** A session, configured from the beginning. */
export const examplePeer: BgpPeer = {
  id: 'dxpeer-f0000001',
  createdAt: 0,
  addressFamily: 'ipv4',
  asn: 65000,
  authKey: '0x123pK5_VBqv.UQ3kJ4123_',
  amazonAddress: '169.254.0.1/30',
  customerAddress: '169.254.0.2/30',
  verifiedAt: 0,
  provisionedAt: 0,
  clears: [],
  deleteAskedAt: null,
  deletedAt: null,
}

/** A private virtual interface, configured from the beginning. */
export const example: VirtualInterface = {
  id: 'dxvif-f0000001',
  createdAt: 0,
  type: 'private',
  ownerAccount: '111122223333',
  region: 'us-east-1',
  location: 'EqDC2',
  connectionId: 'dxcon-f0000001',
  connectionOwner: '111122223333',
  name: 'x',
  vlan: 101,
  mtu: 1500,
  virtualGatewayId: 'vgw-0123456789abcdef0',
  directConnectGatewayId: null,
  amazonSideAsn: 64512,
  routeFilterPrefixes: [],
  siteLinkEnabled: false,
  rateLimit: null,
  prefixAllocation: { ipv4: 100, ipv6: 100 },
  formerAllocations: [],
  peers: [examplePeer],
  tags: [],
  allocated: false,
  confirmedAt: null,
  verifiedAt: 0,
  provisionedAt: 0,
  attachedAt: null,
  rejectedAt: null,
  deleteAskedAt: null,
  deletedAt: null,
}
