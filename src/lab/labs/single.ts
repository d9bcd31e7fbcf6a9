import type { Lab } from '../topology.ts'

export const single: Lab = {
  summary: 'one port, one private virtual interface, one VPC',
  picture: `
  site "office"                      EqDC2                    us-east-1

  office ---- office-router ======= device-1 ------ vgw ------ vpc
  192.168.10.2   AS 65001   cable-1          vif-1  AS 64512   10.0.0.4
                            10 Gbps          VLAN 101`,
  async build(on) {
    const office = await on.site('office', { asn: 65001, lan: '192.168.10' })
    const vpc = await on.vpc('vpc', '10.0.0.0/16')
    const gateway = await on.virtualGateway(vpc)
    const port = await on.connection({ at: 'EqDC2', to: office })
    await on.privateInterface({ over: port, vlan: 101, gateway })
  },
  reaches: [['office', 'vpc']],
  expected: [
    'the office reaches the instance in the VPC over vif-1',
    'a cut cable takes it away, and healing it brings it back in seconds',
  ],
  next: [
    'exec office ping -c 3 10.0.0.4',
    'exec office traceroute -n 10.0.0.4',
    "exec office-router vtysh -c 'show bgp summary'",
    'fail cable-1 --seconds 5',
    'heal',
  ],
}
