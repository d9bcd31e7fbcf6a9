import type { Lab } from '../topology.ts'

export const hostedPartner: Lab = {
  summary: "a hosted connection over a partner's interconnect",
  picture: `
  site "office"        the partner       EqDC2                us-east-1

  office -- office-router --- switch === device-1 ---- vgw ---- vpc
  192.168.10.2  AS 65001     cable-1 |            vif-1         10.0.0.4
                                  interconnect    VLAN 401, 500 Mbps`,
  async build(on) {
    const office = await on.site('office', { asn: 65001, lan: '192.168.10' })
    const vpc = await on.vpc('vpc', '10.0.0.0/16')
    const gateway = await on.virtualGateway(vpc)
    const interconnect = await on.interconnect({ at: 'EqDC2', to: office })
    const hosted = await on.hostedConnection({ on: interconnect, vlan: 401, bandwidth: '500Mbps' })
    await on.privateInterface({ over: hosted, vlan: 401, gateway })
  },
  reaches: [['office', 'vpc']],
  expected: ['the partner owns the port, the customer the hosted connection', 'no more than 500 Mbps go through'],
  next: ['exec office ping -c 3 10.0.0.4', 'fail hosted-1 --seconds 5', 'heal'],
}
