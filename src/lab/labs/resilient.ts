import type { Lab } from '../topology.ts'

export const resilient: Lab = {
  summary: 'two locations, active/active: either may fail',
  picture: `
  site "office"                      EqDC2                    us-east-1

                            cable-1            vif-1, VLAN 101
                           ========= device-1 --------.
  office ---- office-router                            vgw ---- vpc
  192.168.10.2   AS 65001  ========= device-2 --------'         10.0.0.4
                            cable-2            vif-2, VLAN 102
                                     CSVA1            AS 64512`,
  async build(on) {
    const office = await on.site('office', { asn: 65001, lan: '192.168.10' })
    const vpc = await on.vpc('vpc', '10.0.0.0/16')
    const gateway = await on.virtualGateway(vpc)
    const first = await on.connection({ at: 'EqDC2', to: office })
    const second = await on.connection({ at: 'CSVA1', to: office })
    await on.privateInterface({ over: first, vlan: 101, gateway })
    await on.privateInterface({ over: second, vlan: 102, gateway })
  },
  reaches: [['office', 'vpc']],
  expected: [
    'flows are spread over vif-1 and vif-2, in both directions',
    'when one location fails, BFD moves all of them to the other within a second',
  ],
  next: [
    'exec office ping -c 3 10.0.0.4',
    "exec office-router vtysh -c 'show ip route bgp'",
    'fail cable-1',
    'fail EqDC2',
    'heal',
  ],
}
