import type { RouterAlias } from '../../contract/router-types.ts'
import { aristaEos } from './arista/eos.ts'
import { bird } from './bird/bird.ts'
import { ios2900, ios3700, ios7200, nexus7000, nexus9000 } from './cisco/platforms.ts'
import { frr } from './frr/frr.ts'
import { junosMx, junosSrx, junosT } from './juniper/junos.ts'
import { routerOs } from './mikrotik/router-os.ts'
import { srOs } from './nokia/sr-os.ts'
import { openBgpd } from './openbgpd/openbgpd.ts'
import { panOs } from './palo-alto/pan-os.ts'
import type { Setup } from './setup.ts'
import { vyOs } from './vyos/vyos.ts'

export type Render = (setup: Setup) => string

/** Who writes the configuration for each kind of router. */
export const renderers: Readonly<Record<RouterAlias, Render>> = {
  ios: ios2900,
  'ios-3700': ios3700,
  'ios-7200': ios7200,
  'nxos-7000': nexus7000,
  nxos: nexus9000,
  junos: junosMx,
  'junos-srx': junosSrx,
  'junos-t': junosT,
  panos: panOs,
  frr,
  bird,
  openbgpd: openBgpd,
  vyos: vyOs,
  sros: srOs,
  routeros: routerOs,
  eos: aristaEos,
}
