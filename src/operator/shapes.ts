import { enums } from '../contract/enums.ts'
import { portSpeeds } from '../product/inventory/speeds.ts'
import { letterStates } from '../product/loa/lifecycle.ts'
import { awsQuotas, type QuotaName } from '../product/settings.ts'
import { listOf, nullable, record, type Schema } from './schema.ts'

/** What operators get to see. Times are ISO 8601 in UTC; null says that something has not happened, or is not there. */

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const whole = { type: 'integer' } as const
const time = { type: 'string', format: 'date-time' } as const
const instant = nullable(time)
const one = <const C extends readonly string[]>(choices: C) => ({ type: 'string', enum: choices }) as const

export const accountId = { type: 'string', pattern: '^\\d{12}$', description: 'Twelve digits' } as const
export const id = { type: 'string', minLength: 1, maxLength: 128 } as const
export const name = { type: 'string', minLength: 1, maxLength: 100 } as const
/** What documents can print on one line: nothing in it is invisible. */
export const printable = '^[^\\p{C}\\p{Zl}\\p{Zp}]*$'
export const printedLine = { type: 'string', minLength: 1, maxLength: 100, pattern: printable } as const
export const tenYearsInSeconds = 10 * 366 * 24 * 60 * 60

/** A page of a list; without a token it is the last one. */
export function pageOf<const N extends string, const S extends Schema>(name: N, items: S) {
  // A computed name is a string to TypeScript.
  const list = { [name]: listOf(items) } as { readonly [M in N]: { readonly type: 'array'; readonly items: S } }
  return { type: 'object', properties: { ...list, nextToken: text }, required: [name] } as const
}

/** What every list can be asked. */
export const paging = {
  limit: { type: 'integer', minimum: 1, maximum: 100, description: 'At most so many a page; 100 without it' },
  nextToken: { type: 'string', maxLength: 1_024, description: 'What the page before gave' },
} as const

export const clock = record({ now: time, offsetSeconds: { type: 'number' } })

export const fault = record({
  faultId: text,
  target: text,
  kind: one(['down', 'flap']),
  from: time,
  until: { ...instant, description: 'null: until it is deleted' },
  active: flag,
})

const observation = record({ up: flag, firstUpAt: instant, since: instant, lastError: nullable(text) })

export const connection = record({
  connectionId: text,
  role: one(['dedicated', 'interconnect', 'hosted']),
  state: one(enums.ConnectionState),
  ownerAccount: text,
  name: text,
  region: text,
  location: text,
  bandwidth: text,
  providerName: nullable(text),
  deviceId: nullable(text),
  portId: nullable(text),
  lagId: nullable(text),
  parentId: nullable({ ...text, description: 'Of a hosted connection: the interconnect or LAG that carries it' }),
  partnerAccount: nullable(text),
  vlan: nullable(whole),
  requestMacSec: flag,
  encryptionMode: one(['no_encrypt', 'should_encrypt', 'must_encrypt']),
  macSecKeys: listOf(record({ secretARN: text, ckn: text, state: text, startOn: time })),
  billingMode: one(enums.BillingMode),
  createdAt: time,
  questions: listOf(record({ askedAt: time, question: text, answeredAt: instant, answer: nullable(text) })),
  approvedAt: instant,
  loaIssuedAt: { ...instant, description: 'The latest download of the letter' },
  cables: listOf(record({ from: time, until: instant })),
  acceptedAt: instant,
  provisionedAt: instant,
  rejectedAt: instant,
  deleteAskedAt: instant,
  deletedAt: { ...instant, description: 'May lie in the future: when a question or a letter runs out' },
  link: record({ ...observation.properties, macSecUp: flag }),
  billingStartsAt: {
    ...instant,
    description: 'First light, at the latest 90 days after the order; of a hosted connection: when it was accepted',
  },
})

const peerMembers = {
  bgpPeerId: text,
  state: one(enums.BGPPeerState),
  addressFamily: one(enums.AddressFamily),
  asn: whole,
  amazonAddress: text,
  customerAddress: text,
  createdAt: time,
  verifiedAt: instant,
  provisionedAt: instant,
  clearedAt: instant,
  deleteAskedAt: instant,
  deletedAt: instant,
  session: observation,
} as const

export const bgpPeer = record({ virtualInterfaceId: text, ...peerMembers })

export const route = {
  type: 'object',
  properties: {
    cidr: { type: 'string', maxLength: 64 },
    asPath: { type: 'array', items: { type: 'integer', minimum: 1, maximum: 4_294_967_295 }, maxItems: 255 },
    communities: {
      type: 'array',
      items: { type: 'string', maxLength: 21, pattern: '^\\d{1,5}:\\d{1,5}$', description: 'Such as 7224:7300' },
      maxItems: 255,
    },
    med: { type: 'integer', minimum: 0, maximum: 4_294_967_295 },
  },
  required: ['cidr'],
} as const

export const virtualInterface = record({
  virtualInterfaceId: text,
  type: one(['private', 'public', 'transit']),
  state: one(enums.VirtualInterfaceState),
  ownerAccount: text,
  connectionId: text,
  connectionOwner: text,
  name: text,
  region: text,
  location: text,
  vlan: whole,
  mtu: whole,
  amazonSideAsn: whole,
  virtualGatewayId: nullable(text),
  directConnectGatewayId: nullable(text),
  routeFilterPrefixes: listOf(text),
  siteLinkEnabled: flag,
  rateLimit: nullable(text),
  prefixAllocation: nullable(record({ ipv4: whole, ipv6: whole })),
  allocated: flag,
  createdAt: time,
  confirmedAt: instant,
  verifiedAt: instant,
  provisionedAt: instant,
  attachedAt: instant,
  rejectedAt: instant,
  deleteAskedAt: instant,
  deletedAt: instant,
  bgpPeers: listOf(record(peerMembers)),
})

export const resiliencyGroup = record({
  resiliencyGroupId: text,
  name: text,
  ownerAccount: text,
  state: one(enums.ResiliencyGroupState),
  intendedResiliencyModel: one(enums.ResiliencyModel),
  meetsIntendedModel: flag,
  reasons: listOf({ ...text, description: 'Why it does not' }),
  connections: listOf(
    record({
      connectionId: text,
      associationState: one(enums.ResiliencyGroupAssociationState),
      connectionState: one(enums.ConnectionState),
      location: text,
      deviceId: nullable(text),
    }),
  ),
  createdAt: time,
})

const quota = { type: 'integer', minimum: 0, maximum: 1_000_000 } as const

/** An object with a member for each quota that there is. */
function perQuota<const S extends Schema>(schema: S) {
  // Object.fromEntries forgets what TypeScript knows: the names are the quotas'.
  return Object.fromEntries(Object.keys(awsQuotas).map((name) => [name, schema])) as { readonly [Q in QuotaName]: S }
}

export const quotaOrder = { type: 'object', properties: perQuota(nullable(quota)), minProperties: 1 } as const

const accountMembers = {
  accountId,
  name: text,
  kind: one(['customer', 'partner']),
  nniPartnerType: one(enums.NniPartnerType),
  quotas: { type: 'object', properties: perQuota(quota), description: "Those that differ from AWS's" },
  agreements: listOf(record({ name: text, signedAt: instant })),
  createdAt: time,
} as const

export const account = record(accountMembers)
export const accessKey = record({ accessKeyId: text, createdAt: time })
export const newAccessKey = record({ accessKeyId: text, secretAccessKey: text, createdAt: time })
export const newAccount = record({ ...accountMembers, accessKey: newAccessKey })

export const location = record({
  code: text,
  name: text,
  region: text,
  country: text,
  providers: listOf(text),
  address: listOf(text),
  meetMeRoom: nullable(text),
  createdAt: time,
})

export const device = record({
  deviceId: text,
  locationCode: text,
  ports: { type: 'object', properties: {}, additionalProperties: true, description: 'How many of each speed' },
  macSecSpeeds: listOf(text),
  rack: nullable(text),
  patchPanel: { ...text, description: 'Of a device with more than 48 ports: what the names of its panels begin with' },
  createdAt: time,
})

const panel = nullable(
  record({
    patchPanel: text,
    panelPort: whole,
    strands: { ...listOf(whole), description: 'The pair of strands: transmit, receive' },
  }),
)

export const port = record({
  deviceId: text,
  locationCode: text,
  portId: text,
  speed: one(portSpeeds),
  panel,
  interfaceName: { ...text, description: 'The interface of the host that it is' },
  connectionId: nullable({ ...text, description: 'Who has it; null: it is free' }),
})

export const letter = record({
  letterNumber: text,
  state: { ...one(letterStates), description: 'Of its worst port' },
  subjectId: { ...text, description: 'The connection, interconnect or LAG that it was asked for' },
  subjectName: text,
  accountId: text,
  accountName: text,
  providerName: nullable(text),
  place: record({
    code: text,
    name: text,
    country: text,
    address: listOf(text),
    meetMeRoom: nullable(text),
  }),
  ports: listOf(
    record({
      connectionId: text,
      connectionName: text,
      bandwidth: text,
      deviceId: text,
      portId: text,
      rack: nullable(text),
      panel,
      state: one(letterStates),
      supersededAt: { ...instant, description: 'When a newer letter for the port was downloaded' },
    }),
  ),
  issuedAt: time,
  expiresAt: time,
})

export const issuer = record({
  name: text,
  address: listOf(text),
  contact: listOf(text),
  logo: nullable({ ...text, description: 'A PNG or JPEG in base64' }),
  since: { ...instant, description: 'null: nobody has said it yet' },
})

export const announcedRoutes = record({ virtualInterfaceId: text, from: time, until: instant, routes: listOf(route) })

const path = record({
  virtualInterfaceId: text,
  bgpPeerId: text,
  connectionId: text,
  location: text,
  region: text,
  cidr: nullable({ ...text, description: 'The longest route to the destination; null: it has none' }),
  asPath: listOf(whole),
  communities: listOf(text),
  med: nullable(whole),
  localPreference: nullable({ ...one(['high', 'medium', 'remote', 'low']), description: 'By community or Region' }),
  chosen: flag,
  reason: { ...text, description: 'Why it is chosen or not, for people' },
})

export const paths = record({
  gatewayId: text,
  destination: text,
  without: nullable(text),
  sources: listOf(
    record({
      gatewayId: { ...text, description: 'The virtual private gateway or transit gateway that traffic comes from' },
      region: nullable({ ...text, description: 'null: nothing is associated, and no location is nearer than another' }),
      paths: listOf(path),
    }),
  ),
})

export const publicPaths = record({
  accountId: text,
  region: text,
  destination: text,
  without: nullable(text),
  paths: listOf(path),
})

const portCount = { type: 'integer', minimum: 0, maximum: 512 } as const

/** How many ports of each speed. */
export const ports = {
  type: 'object',
  properties: { '1Gbps': portCount, '10Gbps': portCount, '100Gbps': portCount, '400Gbps': portCount } satisfies Record<
    (typeof portSpeeds)[number],
    Schema
  >,
  minProperties: 1,
} as const
