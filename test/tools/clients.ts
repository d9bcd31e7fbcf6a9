// The customers' own tools that the stories drive. They are Debian's, by absolute path: on some machines another `aws` or
// `python3` comes first in PATH.
import { existsSync } from 'node:fs'
import { test } from 'node:test'

/** `npm test` installs these where it can. A file that `proof` matches exists when the package is there. */
export const debianPackages: readonly { readonly name: string; readonly proof: string; readonly what: string }[] = [
  { name: 'awscli', proof: '/usr/bin/aws', what: 'stories with the AWS CLI' },
  { name: 'python3-boto3', proof: '/usr/lib/python3/dist-packages/boto3', what: 'stories with boto3' },
  { name: 'python3-pytest', proof: '/usr/lib/python3/dist-packages/pytest', what: 'the recipe with pytest' },
  { name: 'zsh', proof: '/usr/bin/zsh', what: 'completion in zsh' },
  { name: 'fish', proof: '/usr/bin/fish', what: 'completion in fish' },
  { name: 'poppler-utils', proof: '/usr/bin/pdftotext', what: 'reading the letters' },
  { name: 'openvswitch-switch', proof: '/usr/sbin/ovs-vswitchd', what: 'the linux fabric' },
  { name: 'frr', proof: '/usr/lib/frr/bgpd', what: 'the linux fabric, router configurations in FRR' },
  { name: 'iproute2', proof: '/usr/sbin/ip', what: 'the linux fabric' },
  { name: 'ethtool', proof: '/usr/sbin/ethtool', what: 'the linux fabric' },
  { name: 'nftables', proof: '/usr/sbin/nft', what: 'the linux fabric' },
  { name: 'iputils-ping', proof: '/usr/bin/ping', what: 'packets through the linux fabric' },
  { name: 'wrk', proof: '/usr/bin/wrk', what: 'the benchmark' },
  { name: 'bird2', proof: '/usr/sbin/bird', what: 'router configurations in BIRD' },
  { name: 'procps', proof: '/sbin/sysctl', what: 'routers in network namespaces' },
  { name: 'postgresql', proof: '/usr/lib/postgresql/*/bin/postgres', what: 'the store in PostgreSQL' },
  { name: 'openbgpd', proof: '/usr/sbin/bgpd', what: 'router configurations in OpenBGPD' },
  { name: 'iperf3', proof: '/usr/bin/iperf3', what: 'throughput of the linux fabric' },
  { name: 'traceroute', proof: '/usr/bin/traceroute.db', what: 'the public lab' },
]

export const awsCli = present('/usr/bin/aws')
/** The Python that has boto3. */
export const python = present('/usr/lib/python3/dist-packages/boto3') && present('/usr/bin/python3')
export const pytest = present('/usr/lib/python3/dist-packages/pytest')
export const wrk = present('/usr/bin/wrk')
export const pdftotext = present('/usr/bin/pdftotext')
export const zsh = present('/usr/bin/zsh')
export const fish = present('/usr/bin/fish')
/** The routing daemons; only what reads their configurations is run. */
export const vtysh = present('/usr/bin/vtysh')
export const nft = present('/usr/sbin/nft')
export const bird = present('/usr/sbin/bird')
export const bgpd = present('/usr/sbin/bgpd')
export const iperf3 = present('/usr/bin/iperf3')
export const traceroute = present('/usr/bin/traceroute.db')

const told = new Set<string>()

/** `test('…', skipWithout('the AWS CLI', awsCli), …)`: says once what is missing; CROSSCONNECT_REQUIRE_ALL=1 makes it a failure. */
export function skipWithout(
  what: string,
  path: string | undefined,
  missing = 'not installed',
): { readonly skip: string | false } {
  if (path !== undefined) return { skip: false }
  const reason = `SKIPPED ${what}: ${missing}`
  if (!told.has(what)) {
    told.add(what)
    if (process.env['CROSSCONNECT_REQUIRE_ALL'] === '1') {
      test(`${what} is installed`, () => {
        throw new Error(reason)
      })
    } else console.error(reason)
  }
  return { skip: reason }
}

function present(path: string): string | undefined {
  return existsSync(path) ? path : undefined
}
