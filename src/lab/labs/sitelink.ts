import type { Lab } from '../topology.ts'

export const siteLink: Lab = {
  summary: 'two sites that reach each other over SiteLink',
  picture: `
  site "east"                EqDC2

  east ---- east-router ==== device-1 ------.
  192.168.10.2  AS 65001  cable-1   vif-1    dxgw
                                    VLAN 101  |  AS 64512
  site "west"                CSVA1            |
                                             /
  west ---- west-router ==== device-2 ------'
  192.168.20.2  AS 65002  cable-2   vif-2, VLAN 102`,
  async build(on) {
    const east = await on.site('east', { asn: 65001, lan: '192.168.10' })
    const west = await on.site('west', { asn: 65002, lan: '192.168.20' })
    const gateway = await on.directConnectGateway({ asn: 64512 })
    const first = await on.connection({ at: 'EqDC2', to: east })
    const second = await on.connection({ at: 'CSVA1', to: west })
    await on.privateInterface({ over: first, vlan: 101, gateway, siteLink: true })
    await on.privateInterface({ over: second, vlan: 102, gateway, siteLink: true })
  },
  reaches: [
    ['east', 'west'],
    ['west', 'east'],
  ],
  expected: [
    'the sites reach each other across the backbone, though there is no VPC',
    "each learns the other's network with the other's AS path",
  ],
  next: ['exec east ping -c 3 192.168.20.2', 'exec east traceroute 192.168.20.2', 'fail cable-2 --seconds 5', 'heal'],
}
