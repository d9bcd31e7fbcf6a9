import type { VirtualInterfaceType } from '../virtual-interfaces/virtual-interface.ts'

/** Our timers, which the slower side decides. @source behaviour catalogue E.1 */
export const keepaliveSeconds = 30
export const holdSeconds = 90

/** Asynchronous; it is on at our side and sleeps until the customer's router speaks it. @source behaviour catalogue E.1 */
export const bfd = { intervalMs: 300, multiplier: 3 } as const

/**
 * A guard against a flood, far above what we announce on a session of one family; who meets it has met a mistake.
 * Private: 20 virtual private gateways with 50 blocks each, and 1,000 routes of SiteLink. Transit: 5,000 of a core network or
 * 200 for each of 6 transit gateways, and SiteLink. Public: all Regions' prefixes, which aggregate to some thousands.
 * @source behaviour catalogue D, E.2
 */
export const mostAnnounced: Readonly<Record<VirtualInterfaceType, number>> = {
  private: 2000,
  transit: 7000,
  public: 20_000,
}

/** What a customer's route asks of us with a community. @source behaviour catalogue E.3 */
export const preferenceCommunities = { low: '7224:7100', medium: '7224:7200', high: '7224:7300' } as const

/** How far a customer's public route goes. @source behaviour catalogue E.2 */
export const scopeCommunities = { region: '7224:9100', continent: '7224:9200', everywhere: '7224:9300' } as const

/**
 * What MACsec agrees on, beyond the key and its name.
 * @source behaviour catalogue E.8; "Key Cipher Suite 16" is taken for the priority of the key server
 */
export const macSecFacts = {
  keyAlgorithm: 'AES_256_CMAC',
  keyServerPriority: 16,
  confidentialityOffset: 0,
  icvIndicator: false,
} as const

/** In place of the key itself, which is in the account's secret and is never shown. */
export const cakPlaceholder = 'ENTER-THE-CAK-OF-64-HEXADECIMAL-CHARACTERS'
