import type { Lab } from '../topology.ts'

export const lag: Lab = {
  summary: 'two ports in a LAG with LACP, one private virtual interface',
  picture: `
  site "office"                      EqDC2                    us-east-1

                            cable-1
  office ---- office-router ======= device-1 ------ vgw ------ vpc
  192.168.10.2   AS 65001   ======= lag-1    vif-1  AS 64512   10.0.0.4
                            cable-2          VLAN 101`,
  async build(on) {
    const office = await on.site('office', { asn: 65001, lan: '192.168.10' })
    const vpc = await on.vpc('vpc', '10.0.0.0/16')
    const gateway = await on.virtualGateway(vpc)
    const bundle = await on.lag({ at: 'EqDC2', links: 2, to: office })
    await on.privateInterface({ over: bundle, vlan: 101, gateway })
  },
  reaches: [['office', 'vpc']],
  expected: [
    'both cables carry traffic as one port, and the session runs over the LAG',
    'one cut cable loses hardly a packet, and the session stays up',
  ],
  next: ['exec office ping -c 3 10.0.0.4', 'fail cable-1', 'heal', 'fail lag-1 --seconds 5', 'heal'],
}
