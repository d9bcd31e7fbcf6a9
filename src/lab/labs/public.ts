import type { Lab } from '../topology.ts'

export const publicLab: Lab = {
  summary: "a public virtual interface, from a public prefix of one's own",
  picture: `
  site "office"                      EqDC2                    us-east-1

  office ---- office-router ======= device-1 ------ AWS's public side
  203.0.113.2    AS 65001   cable-1          vif-1  AS 7224
                            10 Gbps          VLAN 201  198.18.0.0/22 and more`,
  async build(on) {
    const office = await on.site('office', { asn: 65001, lan: '203.0.113' })
    const port = await on.connection({ at: 'EqDC2', to: office })
    await on.publicInterface({
      over: port,
      vlan: 201,
      amazonAddress: '198.51.100.1/30',
      customerAddress: '198.51.100.2/30',
      prefixes: ['203.0.113.0/24'],
    })
  },
  reaches: [['office', '198.18.0.4']],
  expected: [
    "the office's public prefix reaches AWS's public prefixes of all Regions",
    'traceroute names the device where the cable ends, by its awsLogicalDeviceId',
  ],
  next: [
    'exec office traceroute 198.18.0.4',
    "exec office-router vtysh -c 'show ip route bgp'",
    'fail cable-1 --seconds 5',
    'heal',
  ],
}
