/**
 * How long things take, and what is counted: the choices of whoever starts the server that decisions depend on.
 * @source design, section 6
 */
export interface Timing {
  /** From order to approval, milliseconds. */
  readonly approve: number
  /** From approval to the finished cross connect; null: an operator plugs the cable. */
  readonly cable: number | null
  /** The check of a public virtual interface. */
  readonly verify: number
  /** Configuring a virtual interface, a hosted connection, a gateway, a new MTU. */
  readonly provision: number
  /** Associating with a gateway, attaching to it. */
  readonly associate: number
  /** Deleting, detaching. */
  readonly delete: number
  /**
   * So long the answer to a write waits, real milliseconds: with `instant` until all that the write began is over, so
   * that whoever asks next sees it, however quick a client is.
   */
  readonly settles: number
}

const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

export const timings = {
  instant: { approve: 1, cable: 1, verify: 1, provision: 1, associate: 1, delete: 1, settles: 3 },
  fast: {
    approve: second,
    cable: second,
    verify: second,
    provision: second,
    associate: second,
    delete: second,
    settles: 0,
  },
  aws: {
    approve: 72 * hour,
    cable: null,
    verify: 72 * hour,
    provision: 2 * minute,
    associate: 10 * minute,
    delete: 2 * minute,
    settles: 0,
  },
} as const satisfies Record<string, Timing>

export type TimingName = keyof typeof timings

/** The quotas of behaviour catalogue D that an operator may raise for one account, with AWS's values. */
export const awsQuotas = {
  connectionsPerLocation: 10,
  lagsPerRegion: 10,
  virtualInterfacesPerConnection: 50,
  transitVirtualInterfacesPerConnection: 4,
  allVirtualInterfacesPerConnection: 51,
  gatewaysPerAccount: 200,
  // Of these two no source has AWS's value; CloudFormation takes 50 connections a group.
  resiliencyGroupsPerAccount: 100,
  connectionsPerResiliencyGroup: 50,
  virtualInterfacesPerGateway: 30,
  virtualPrivateGatewaysPerGateway: 20,
  transitGatewaysPerGateway: 6,
  gatewaysPerTransitGateway: 20,
  prefixesPerTransitGatewayAssociation: 200,
  vpcsPerRegion: 5,
  virtualPrivateGatewaysPerRegion: 5,
  transitGatewaysPerRegion: 5,
} as const

export type QuotaName = keyof typeof awsQuotas
export type Quotas = Readonly<Record<QuotaName, number>>

export interface Settings {
  readonly timing: Timing
  /** Automatic: the order itself writes when it will be approved and cabled. Manual: an operator does both. */
  readonly provisioning: 'automatic' | 'manual'
  readonly quotas: 'aws' | 'none'
  /** A /48 from which IPv6 peer addresses are taken. */
  readonly ipv6Block: string
  /** Whether accounts exist as soon as somebody names them, as with the development credentials. */
  readonly anyAccount: boolean
  /** Whether any well-formed id of a virtual private or transit gateway will do, for people who keep EC2 elsewhere. */
  readonly externalGateways: boolean
  /** The address under which people reach this server, such as `https://dx.example.net`; letters print it. */
  readonly publicUrl: string
}

/**
 * Ended resources stay listed this long.
 * @source behaviour catalogue B.3 for virtual interfaces; taken for every noun
 */
export const listedAfterEnd = 15 * minute
