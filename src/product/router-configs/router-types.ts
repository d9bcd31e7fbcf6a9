import { quote } from '../../contract/quote.ts'
import { refuse } from '../fault.ts'
import { ciscoIos } from './cisco/ios.ts'
import { ciscoNxOs } from './cisco/nx-os.ts'
import { junosFirewall, junosRouter } from './juniper/junos.ts'
import { panOs } from './palo-alto/pan-os.ts'
import type { Setup } from './setup.ts'

/** A kind of router that configurations are written for. */
export interface RouterType {
  readonly routerTypeIdentifier: string
  readonly vendor: string
  readonly platform: string
  readonly software: string
  readonly xsltTemplateName: string
  /** Empty: there is none for MACsec. */
  readonly xsltTemplateNameForMacSec: string
  readonly render: (setup: Setup) => string
}

type Row = readonly [
  identifier: string,
  platform: string,
  software: string,
  template: string,
  forMacSec: string,
  render: RouterType['render'],
]

/** @source behaviour catalogue F.2: the list that Terraform's documentation records; no operation answers it */
const rows: Readonly<Record<string, readonly Row[]>> = {
  'Cisco Systems, Inc.': [
    [
      'CiscoSystemsInc-2900SeriesRouters-IOS124',
      '2900 Series Routers',
      'IOS 12.4+',
      'customer-router-cisco-generic',
      '',
      ciscoIos,
    ],
    [
      'CiscoSystemsInc-3700SeriesRouters-IOS124',
      '3700 Series Routers',
      'IOS 12.4+',
      'customer-router-cisco-generic',
      '',
      ciscoIos,
    ],
    [
      'CiscoSystemsInc-7200SeriesRouters-IOS124',
      '7200 Series Routers',
      'IOS 12.4+',
      'customer-router-cisco-generic',
      '',
      ciscoIos,
    ],
    [
      'CiscoSystemsInc-Nexus7000SeriesSwitches-NXOS51',
      'Nexus 7000 Series Switches',
      'NX-OS 5.1+',
      'customer-switch-cisco-nexus-generic',
      '',
      ciscoNxOs,
    ],
    [
      'CiscoSystemsInc-Nexus9KSeriesSwitches-NXOS93',
      'Nexus 9K+ Series Switches',
      'NX-OS 9.3+',
      'customer-switch-cisco-nexus-generic',
      'customer-switch-cisco-nexus-generic-macsec',
      ciscoNxOs,
    ],
  ],
  'Juniper Networks, Inc.': [
    [
      'JuniperNetworksInc-MMXSeriesRouters-JunOS95',
      'M/MX Series Routers',
      'JunOS 9.5+',
      'customer-router-juniper-generic',
      'customer-router-juniper-generic-macsec',
      junosRouter,
    ],
    [
      'JuniperNetworksInc-SRXSeriesRouters-JunOS95',
      'SRX Series Routers',
      'JunOS 9.5+',
      'customer-router-juniper-generic',
      '',
      junosFirewall,
    ],
    [
      'JuniperNetworksInc-TSeriesRouters-JunOS95',
      'T Series Routers',
      'JunOS 9.5+',
      'customer-router-juniper-generic',
      '',
      junosRouter,
    ],
  ],
  'Palo Alto Networks': [
    [
      'PaloAltoNetworks-PA3000and5000series-PANOS803',
      'PA-3000+ and 5000+ series',
      'PAN-OS 8.0.3+',
      'customer-router-palo-alto-generic',
      '',
      panOs,
    ],
  ],
}

const file = (name: string) => (name === '' ? '' : `${name}.xslt`)

export const routerTypes: readonly RouterType[] = Object.entries(rows).flatMap(([vendor, each]) =>
  each.map(([routerTypeIdentifier, platform, software, template, forMacSec, render]) => ({
    routerTypeIdentifier,
    vendor,
    platform,
    software,
    xsltTemplateName: file(template),
    xsltTemplateNameForMacSec: file(forMacSec),
    render,
  })),
)

/**
 * The type that a request names. The API's model lets it be left out; the service does not.
 * @source behaviour catalogue A.1 DescribeRouterConfiguration, I.9
 */
export function namedRouterType(identifier: string | undefined): RouterType {
  if (identifier === undefined || identifier === '') throw refuse('Field routerTypeIdentifier is required')
  const found = routerTypes.find((type) => type.routerTypeIdentifier === identifier)
  if (found !== undefined) return found
  const known = routerTypes.map((type) => type.routerTypeIdentifier).join(', ')
  throw refuse(`Invalid value ${quote(identifier)} for routerTypeIdentifier: it must be one of ${known}`)
}
