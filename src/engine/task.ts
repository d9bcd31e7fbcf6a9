import type { JsonObject } from '../contract/encode.ts'
import { errorsOf, isOperationName, operations } from '../contract/operations.ts'
import { redactInput, redactOutput } from '../contract/redact.ts'
import type { Input, OperationName, Output } from '../contract/types.ts'
import { Fault } from '../product/fault.ts'
import type { Decision, Operation } from '../product/operation.ts'
import type { Snapshot } from '../product/snapshot.ts'

/** One thing that can be asked of the engine, through whichever door. */
export interface Task<In, Out> {
  readonly name: string
  /** The service that it is of, as the audit trail names it. */
  readonly eventSource?: string
  /** Whether it may change something, and is audited for it. */
  readonly writes: boolean
  readonly decide: (snapshot: Snapshot, input: In) => Promise<Decision<Out>>
  /** What the audit trail may keep of the request and the answer. */
  readonly redactInput: (input: In) => JsonObject | null
  readonly redactOutput: (output: Out) => JsonObject | null
}

/** A customer's operation as a task; the contract says whether it writes. */
export function operationTask<N extends OperationName>(name: N, decide: Operation<N>): Task<Input<N>, Output<N>> {
  if (!isOperationName(name)) throw new TypeError(`no operation ${String(name)}`)
  return {
    name,
    writes: operations[name].writes,
    decide: (snapshot, input) =>
      decide(snapshot, input).catch((error: unknown) => {
        throw declared(name, error)
      }),
    redactInput: (input) => redactInput(name, input),
    redactOutput: (output) => redactOutput(name, output),
  }
}

/** A rule that many operations share has one code; those that do not declare it refuse as they refuse everything else. */
function declared(name: OperationName, error: unknown): unknown {
  if (!(error instanceof Fault) || errorsOf(name).some((code) => code === error.code)) return error
  return new Fault('DirectConnectClientException', error.message, error.detail, error.kind)
}
