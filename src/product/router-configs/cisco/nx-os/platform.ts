export interface NexusPlatform {
  readonly name: string
  /** It agrees on keys by MKA; what older ones have is of Cisco's own. */
  readonly macSec: boolean
  /** A session's own AS may stand alone in AS paths. */
  readonly replacesAs: boolean
}
