import type { VirtualInterfaceType } from './virtual-interface.ts'

/** What virtual interfaces of one type may have. */
export interface TypeRules {
  /** In bytes. */
  readonly mtus: readonly number[]
  /** What it ends at: `either` a virtual private gateway or a Direct Connect gateway. */
  readonly gateway: 'none' | 'direct-connect' | 'either'
  /** Whether it announces prefixes that the order names. */
  readonly announces: boolean
}

/** @source behaviour catalogue C.4 and E.5; MTUs: design, section 8 */
export const types: Readonly<Record<VirtualInterfaceType, TypeRules>> = {
  private: { mtus: [1500, 8500, 9001], gateway: 'either', announces: false },
  public: { mtus: [1500], gateway: 'none', announces: true },
  transit: { mtus: [1500, 8500], gateway: 'direct-connect', announces: false },
}
