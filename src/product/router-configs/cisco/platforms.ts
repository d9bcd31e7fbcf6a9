import { ciscoIos } from './ios/ios.ts'
import { ciscoNxOs } from './nx-os/nx-os.ts'

export const ios2900 = ciscoIos({ name: '2900 Series', port: (index) => `GigabitEthernet0/${index + 1}` })

/** What it has built in is Fast Ethernet; each network module NM-1GE has one port, in slots from 1 on. */
export const ios3700 = ciscoIos({ name: '3700 Series', port: (index) => `GigabitEthernet${index + 1}/0` })

export const ios7200 = ciscoIos({ name: '7200 Series', port: (index) => `GigabitEthernet0/${index + 1}` })

export const nexus7000 = ciscoNxOs({ name: 'Nexus 7000', macSec: false, replacesAs: false })

export const nexus9000 = ciscoNxOs({ name: 'Nexus 9000', macSec: true, replacesAs: true })
