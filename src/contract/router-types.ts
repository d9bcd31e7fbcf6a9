/**
 * The kinds of router that configurations are written for, as DescribeRouterConfiguration names them: an identifier is
 * vendor, platform and software without what is no letter or digit. No operation answers this list. Terraform's
 * documentation records AWS's; what is `beyondAws` is ours, named in the same form.
 * @source behaviour catalogue F.2
 */
export interface RouterTypeFacts {
  /** What people type: `frr` for `FRRouting-Linux-FRR8`. */
  readonly alias: string
  readonly routerTypeIdentifier: string
  readonly vendor: string
  readonly platform: string
  readonly software: string
  /** A file name of AWS's; empty: there is none. */
  readonly xsltTemplateName: string
  readonly xsltTemplateNameForMacSec: string
  readonly beyondAws: boolean
}

const cisco = { vendor: 'Cisco Systems, Inc.', beyondAws: false } as const
const ios = {
  ...cisco,
  software: 'IOS 12.4+',
  xsltTemplateName: 'customer-router-cisco-generic.xslt',
  xsltTemplateNameForMacSec: '',
} as const
const juniper = {
  vendor: 'Juniper Networks, Inc.',
  software: 'JunOS 9.5+',
  xsltTemplateName: 'customer-router-juniper-generic.xslt',
  beyondAws: false,
} as const

const beyondAws = { xsltTemplateName: '', xsltTemplateNameForMacSec: '', beyondAws: true } as const

export const routerTypes = [
  {
    ...ios,
    alias: 'ios',
    routerTypeIdentifier: 'CiscoSystemsInc-2900SeriesRouters-IOS124',
    platform: '2900 Series Routers',
  },
  {
    ...ios,
    alias: 'ios-3700',
    routerTypeIdentifier: 'CiscoSystemsInc-3700SeriesRouters-IOS124',
    platform: '3700 Series Routers',
  },
  {
    ...ios,
    alias: 'ios-7200',
    routerTypeIdentifier: 'CiscoSystemsInc-7200SeriesRouters-IOS124',
    platform: '7200 Series Routers',
  },
  {
    ...cisco,
    alias: 'nxos-7000',
    routerTypeIdentifier: 'CiscoSystemsInc-Nexus7000SeriesSwitches-NXOS51',
    platform: 'Nexus 7000 Series Switches',
    software: 'NX-OS 5.1+',
    xsltTemplateName: 'customer-switch-cisco-nexus-generic.xslt',
    xsltTemplateNameForMacSec: '',
  },
  {
    ...cisco,
    alias: 'nxos',
    routerTypeIdentifier: 'CiscoSystemsInc-Nexus9KSeriesSwitches-NXOS93',
    platform: 'Nexus 9K+ Series Switches',
    software: 'NX-OS 9.3+',
    xsltTemplateName: 'customer-switch-cisco-nexus-generic.xslt',
    xsltTemplateNameForMacSec: 'customer-switch-cisco-nexus-generic-macsec.xslt',
  },
  {
    ...juniper,
    alias: 'junos',
    routerTypeIdentifier: 'JuniperNetworksInc-MMXSeriesRouters-JunOS95',
    platform: 'M/MX Series Routers',
    xsltTemplateNameForMacSec: 'customer-router-juniper-generic-macsec.xslt',
  },
  {
    ...juniper,
    alias: 'junos-srx',
    routerTypeIdentifier: 'JuniperNetworksInc-SRXSeriesRouters-JunOS95',
    platform: 'SRX Series Routers',
    xsltTemplateNameForMacSec: '',
  },
  {
    ...juniper,
    alias: 'junos-t',
    routerTypeIdentifier: 'JuniperNetworksInc-TSeriesRouters-JunOS95',
    platform: 'T Series Routers',
    xsltTemplateNameForMacSec: '',
  },
  {
    alias: 'panos',
    routerTypeIdentifier: 'PaloAltoNetworks-PA3000and5000series-PANOS803',
    vendor: 'Palo Alto Networks',
    platform: 'PA-3000+ and 5000+ series',
    software: 'PAN-OS 8.0.3+',
    xsltTemplateName: 'customer-router-palo-alto-generic.xslt',
    xsltTemplateNameForMacSec: '',
    beyondAws: false,
  },
  {
    ...beyondAws,
    alias: 'frr',
    routerTypeIdentifier: 'FRRouting-Linux-FRR8',
    vendor: 'FRRouting',
    platform: 'Linux',
    software: 'FRR 8+',
  },
  {
    ...beyondAws,
    alias: 'bird',
    routerTypeIdentifier: 'CZNIC-Linux-BIRD2',
    vendor: 'CZ.NIC',
    platform: 'Linux',
    software: 'BIRD 2+',
  },
  {
    ...beyondAws,
    alias: 'openbgpd',
    routerTypeIdentifier: 'OpenBSD-OpenBSD-OpenBGPD7',
    vendor: 'OpenBSD',
    platform: 'OpenBSD',
    software: 'OpenBGPD 7+',
  },
  {
    ...beyondAws,
    alias: 'vyos',
    routerTypeIdentifier: 'VyOS-VyOS-VyOS14',
    vendor: 'VyOS',
    platform: 'VyOS',
    software: 'VyOS 1.4+',
  },
  {
    ...beyondAws,
    alias: 'eos',
    routerTypeIdentifier: 'Arista-7000Series-EOS424',
    vendor: 'Arista',
    platform: '7000 Series',
    software: 'EOS 4.24+',
  },
  {
    ...beyondAws,
    alias: 'routeros',
    routerTypeIdentifier: 'MikroTik-CCRSeriesRouters-RouterOS720',
    vendor: 'MikroTik',
    platform: 'CCR Series Routers',
    software: 'RouterOS 7.20+',
  },
  {
    ...beyondAws,
    alias: 'sros',
    routerTypeIdentifier: 'Nokia-7750SR-SROS21',
    vendor: 'Nokia',
    platform: '7750 SR',
    software: 'SR OS 21+',
  },
] as const satisfies readonly RouterTypeFacts[]

export type RouterAlias = (typeof routerTypes)[number]['alias']
