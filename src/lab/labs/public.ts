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
    'once the prefix bears 7224:9100, us-east-1 (198.18.0.4) still answers',
    'us-east-2 (198.18.4.4), beyond the Region, then answers no more',
  ],
  next: [
    'exec office traceroute 198.18.0.4',
    "exec office-router vtysh -c 'show ip route bgp'",
    'exec office ping -c 3 198.18.4.4',
    `exec office-router vtysh -c 'configure terminal' \\
    -c 'route-map near permit 10' -c 'set community 7224:9100' -c exit \\
    -c 'router bgp 65001' -c 'network 203.0.113.0/24 route-map near'`,
    'exec office ping -c 3 198.18.0.4',
    'exec office ping -c 3 198.18.4.4',
    `exec office-router vtysh -c 'configure terminal' \\
    -c 'router bgp 65001' -c 'network 203.0.113.0/24'`,
    'fail cable-1 --seconds 5',
    'heal',
  ],
}
