import type { Lab } from '../topology.ts'

export const transitTwoVpcs: Lab = {
  summary: 'a transit virtual interface to two VPCs',
  picture: `
  site "office"                      EqDC2                    us-east-1

                            cable-1                             red
  office ---- office-router ======= device-1 ---- dxgw ---- tgw 10.1.0.4
  192.168.10.2   AS 65001   10 Gbps          vif-1  AS 64512    blue
                                             VLAN 301           10.2.0.4`,
  async build(on) {
    const office = await on.site('office', { asn: 65001, lan: '192.168.10' })
    const red = await on.vpc('red', '10.1.0.0/16')
    const blue = await on.vpc('blue', '10.2.0.0/16')
    const transit = await on.transitGateway({ asn: 64600, vpcs: [red, blue] })
    const gateway = await on.directConnectGateway({ asn: 64512 })
    await on.associate(gateway, transit, ['10.1.0.0/16', '10.2.0.0/16'])
    const port = await on.connection({ at: 'EqDC2', to: office })
    await on.transitInterface({ over: port, vlan: 301, gateway })
  },
  reaches: [
    ['office', 'red'],
    ['office', 'blue'],
  ],
  expected: [
    'the office reaches both VPCs over the one virtual interface',
    'it is announced the allowed prefixes of the association, as they were written',
  ],
  next: [
    'exec office ping -c 3 10.2.0.4',
    "exec office-router vtysh -c 'show ip route bgp'",
    'fail session-1 --seconds 5',
    'heal',
  ],
}
