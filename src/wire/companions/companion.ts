import type { Engine } from '../../engine/perform.ts'
import type { Requester } from '../../observe/audit.ts'
import type { WireError } from '../errors.ts'

/** A service that stands beside Direct Connect, with the few actions that its clients need. */
export interface Companion {
  /** Rejects with a `Fault`, or with a `RefusalError`. */
  readonly answer: (engine: Engine, request: CompanionRequest, by: Requester) => Promise<WireAnswer>
  /** An error in the service's own shape. */
  readonly refuse: (error: WireError, requestId: string) => WireAnswer
}

export interface CompanionRequest {
  readonly body: Uint8Array
  readonly query: string
  /** The header `X-Amz-Target`, or what stands in its place. */
  readonly target: string
}

export interface WireAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}
