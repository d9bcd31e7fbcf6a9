import { CreateBGPPeerCommand, DeleteBGPPeerCommand } from '@aws-sdk/client-direct-connect'
import type { Resource, SeenBy, Untagged } from '../../../tools/terraform.ts'
import { directConnectError, given, type Provider, single, unless, wait } from '../../../tools/terraform-provider.ts'
import { findVirtualInterface, waitFor } from './aws-dx-virtual-interface.ts'

interface PeerConfig extends Untagged {
  readonly virtual_interface_id: string
  readonly address_family: 'ipv4' | 'ipv6'
  readonly bgp_asn: number
  readonly amazon_address?: string
  readonly customer_address?: string
  readonly bgp_auth_key?: string
}

/** The only one of its family and ASN; two of them would be too many results. */
async function findPeer(provider: Provider, wanted: Partial<PeerConfig>) {
  const vif = await findVirtualInterface(provider, wanted.virtual_interface_id ?? '')
  const peer = single(
    (vif?.bgpPeers ?? []).filter(
      ({ addressFamily, asn }) => addressFamily === wanted.address_family && asn === wanted.bgp_asn,
    ),
  )
  return peer?.bgpPeerState === 'deleted' ? undefined : peer
}

async function readPeer(provider: Provider, _id: string, known: Partial<PeerConfig>) {
  const peer = await findPeer(provider, known)
  if (peer === undefined) return undefined
  return {
    amazon_address: peer.amazonAddress ?? '',
    aws_device: peer.awsDeviceV2 ?? '',
    bgp_auth_key: peer.authKey ?? '',
    bgp_peer_id: peer.bgpPeerId ?? '',
    bgp_status: peer.bgpStatus ?? '',
    customer_address: peer.customerAddress ?? '',
  }
}

export const dxBgpPeer: Resource<PeerConfig, SeenBy<typeof readPeer>> = {
  type: 'aws_dx_bgp_peer',
  defaults: {},
  async create(provider, config) {
    const { virtual_interface_id: virtualInterfaceId, address_family: addressFamily, bgp_asn: asn } = config
    await provider.directConnect.send(
      new CreateBGPPeerCommand({
        virtualInterfaceId,
        newBGPPeer: {
          addressFamily,
          asn,
          ...given('amazonAddress', config.amazon_address),
          ...given('authKey', config.bgp_auth_key),
          ...given('customerAddress', config.customer_address),
        },
      }),
    )
    // It is the virtual interface that is waited for.
    await waitFor(provider, virtualInterfaceId, ['available', 'verifying'])
    return { id: `${virtualInterfaceId}-${addressFamily}-${asn}` }
  },
  read: readPeer,
  async delete(provider, _id, state) {
    const command = new DeleteBGPPeerCommand({
      asn: state.bgp_asn,
      customerAddress: state.customer_address,
      virtualInterfaceId: state.virtual_interface_id,
    })
    const last = directConnectError('The last BGP Peer on a Virtual Interface cannot be deleted')
    const deleted = await unless([last], () => provider.directConnect.send(command))
    if (deleted === undefined) return
    await wait(
      provider,
      {
        pending: ['available', 'deleting', 'pending', 'verifying'],
        target: [],
        timeoutMinutes: 10,
        delaySeconds: 10,
      },
      async () => (await findPeer(provider, state))?.bgpPeerState,
    )
  },
}
