import type { JsonObject } from '../../contract/encode.ts'
import type { Engine } from '../../engine/perform.ts'
import type { Requester } from '../../observe/audit.ts'
import { Fault } from '../../product/fault.ts'
import type { Decision } from '../../product/operation.ts'
import type { Snapshot } from '../../product/snapshot.ts'
import type { InputOf, Parameters } from './parameters.ts'

/** An action of a companion: what it takes, and what decides it. */
export interface Action {
  readonly parameters: Parameters
  readonly perform: (engine: Engine, call: Call) => Promise<object>
}

/** One call of an action, in whatever protocol it came. */
export interface Call {
  readonly name: string
  /** As the audit trail names the service. */
  readonly eventSource: string
  readonly by: Requester
  /** Reads the parameters out of the request. */
  readonly read: <P extends Parameters>(parameters: P) => InputOf<P>
  /** Whether the caller only wants to know if it would be done. */
  readonly dryRun: boolean
}

type Decide<P, Out> = (snapshot: Snapshot, input: InputOf<P>, by: Requester) => Promise<Decision<Out>>

export function reads<const P extends Parameters, Out extends object>(parameters: P, decide: Decide<P, Out>): Action {
  return action(false, parameters, decide)
}

export function writes<const P extends Parameters, Out extends object>(parameters: P, decide: Decide<P, Out>): Action {
  return action(true, parameters, decide)
}

function action<P extends Parameters, Out extends object>(
  changes: boolean,
  parameters: P,
  decide: Decide<P, Out>,
): Action {
  return {
    parameters,
    perform: (engine, { name, eventSource, by, read, dryRun }) =>
      engine.perform<InputOf<P>, Out>(
        {
          name,
          eventSource,
          writes: changes,
          decide: async (snapshot, input) => {
            const decision = await decide(snapshot, input, by)
            if (dryRun) throw new Fault('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.')
            return decision
          },
          redactInput: redact,
          redactOutput: redact,
        },
        read(parameters),
        by,
      ),
  }
}

const hidden: ReadonlySet<string> = new Set(['SecretAccessKey', 'SessionToken'])

function redact(value: object): JsonObject {
  // What comes in was text or JSON, what goes out becomes text or JSON.
  return JSON.parse(JSON.stringify(value), (member, each: unknown) =>
    hidden.has(member) ? '[PROTECTED]' : each,
  ) as JsonObject
}
