import type { Lab } from '../topology.ts'

export const activePassive: Lab = {
  summary: 'two locations, of which one waits until the other fails',
  picture: `
  site "office"                      EqDC2                    us-east-1

                            cable-1            vif-1, VLAN 101 (active)
                           ========= device-1 --------.
  office ---- office-router                            vgw ---- vpc
  192.168.10.2   AS 65001  ========= device-2 --------'         10.0.0.4
                            cable-2            vif-2, VLAN 102 (passive)
                                     CSVA1            AS 64512`,
  async build(on) {
    const office = await on.site('office', { asn: 65001, lan: '192.168.10' })
    const vpc = await on.vpc('vpc', '10.0.0.0/16')
    const gateway = await on.virtualGateway(vpc)
    const first = await on.connection({ at: 'EqDC2', to: office })
    const second = await on.connection({ at: 'CSVA1', to: office })
    await on.privateInterface({ over: first, vlan: 101, gateway })
    // The lines of its router configuration that are marked "passive" are put to use: a longer AS path, a community that
    // asks for less preference, and less preference of its own.
    await on.privateInterface({ over: second, vlan: 102, gateway, passive: true })
  },
  reaches: [['office', 'vpc']],
  expected: [
    'all traffic takes vif-1, in both directions',
    'when it fails, vif-2 takes over within a second, and gives all back afterwards',
  ],
  next: ["exec office-router vtysh -c 'show bgp ipv4 unicast'", 'fail cable-1', 'heal', 'fail session-1', 'heal'],
}
