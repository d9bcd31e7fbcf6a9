import type { Input, OperationName, Output } from '../../contract/types.ts'
import type { Clock } from '../../engine/clock.ts'
import { drawnUuid } from '../../engine/drawn-bytes.ts'
import type { Engine } from '../../engine/perform.ts'
import { operationTask } from '../../engine/task.ts'
import { rootArn } from '../../identity/access-keys.ts'
import type { Requester } from '../../observe/audit.ts'
import { redact } from '../../operator/redact.ts'
import { createAccessKey } from '../../product/accounts/create-access-key.ts'
import { type AccountOrder, createAccount } from '../../product/accounts/create-account.ts'
import { reached } from '../../product/lifecycle.ts'
import { type Decision, type Operation, save } from '../../product/operation.ts'
import type { Timing } from '../../product/settings.ts'
import type { Snapshot } from '../../product/snapshot.ts'
import type { Store } from '../../store/store.ts'

/** In a prepared world nobody waits for what is made: it is as if it had been ordered long ago. */
export const atOnce: Timing = { approve: 0, cable: 0, verify: 0, provision: 0, associate: 0, delete: 0, settles: 0 }

/** Somebody in a prepared world, with the key that signs as them. */
export interface Account {
  readonly accountId: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** How a prepared world is made: as its accounts would make it, each thing once. */
export interface Seeding {
  /**
   * The account of a role in this world: with development credentials the one that these say, else one that is made,
   * with a key of its own.
   */
  account(role: string, order: AccountOrder, development: Account): Promise<Account>
  /** What is called so in this world; it is made unless an earlier start made it and it still exists. */
  once(kind: SeededKind, what: string, make: () => Promise<string | undefined>): Promise<string>
  /** What an account asks of Direct Connect. */
  ask<N extends OperationName>(by: Account, name: N, decide: Operation<N>, input: Input<N>): Promise<Output<N>>
  /** What an account asks of EC2. */
  askEc2<In extends object, Out extends object>(
    by: Account,
    name: string,
    decide: (snapshot: Snapshot, input: In) => Promise<Decision<Out>>,
    input: In,
  ): Promise<Out>
}

type SeededKind = 'connection' | 'virtual-interface' | 'vpc' | 'vpn-gateway'

export interface SeedingParts {
  /** One for which everything is done at once. */
  readonly engine: Engine
  readonly store: Store
  readonly clock: Clock
  readonly seedName: string
  readonly region: string
  readonly developmentCredentials: boolean
}

export function createSeeding(parts: SeedingParts): Seeding {
  const { engine, store, clock, seedName, region } = parts

  const made = async () => (await store.read((reading) => reading.at(clock.now()).get('seed', seedName)))?.made ?? {}

  /** A world that is interrupted while it is made goes on where it was; at most what it was about is made twice. */
  const remember = (what: string, id: string) =>
    store.write(async (writing) => {
      const now = clock.now()
      const present = await writing.at(now).get('seed', seedName)
      const seed = { id: seedName, createdAt: present?.createdAt ?? now, made: { ...present?.made, [what]: id } }
      await writing.save([save('seed', seed)], now)
    })

  const requester = (by: Account | null): Requester => ({
    accountId: by?.accountId ?? '',
    principalArn: by === null ? '' : rootArn(by.accountId),
    accessKeyId: by?.accessKeyId ?? '',
    region: by === null ? '' : region,
    sourceIPAddress: '127.0.0.1',
    userAgent: `crossconnect --seed ${seedName}`,
    requestId: drawnUuid(),
  })

  const task = <In extends object, Out extends object>(
    name: string,
    decide: (snapshot: Snapshot, input: In) => Promise<Decision<Out>>,
  ) => ({ name, eventSource: 'ec2.amazonaws.com', writes: true, decide, redactInput: redact, redactOutput: redact })

  async function keyOf(accessKeyId: string | undefined): Promise<Account | undefined> {
    if (accessKeyId === undefined) return undefined
    const key = await store.read((reading) => reading.at(clock.now()).get('access-key', accessKeyId))
    return key && { accountId: key.accountId, accessKeyId, secretAccessKey: key.secretAccessKey }
  }

  return {
    async account(role, order, development) {
      const { [`${role} account`]: accountId, [`${role} key`]: accessKeyId } = await made()
      const present = await keyOf(accessKeyId)
      if (present !== undefined) return present
      if (parts.developmentCredentials && (accountId ?? development.accountId) === development.accountId) {
        await remember(`${role} account`, development.accountId)
        return development
      }
      const key = await engine.perform(task('CreateAccount', newKey), { ...order, accountId }, requester(null))
      await remember(`${role} account`, key.accountId)
      await remember(`${role} key`, key.accessKeyId)
      return key
    },
    async once(kind, what, make) {
      const { [what]: known } = await made()
      const now = clock.now()
      const record = known === undefined ? undefined : await store.read((reading) => reading.at(now).get(kind, known))
      if (known !== undefined && record !== undefined && !isEnded(record, now)) return known
      const id = await make()
      if (id === undefined) throw new TypeError(`the seed's ${what} has no id`)
      await remember(what, id)
      return id
    },
    ask: (by, name, decide, input) => engine.perform(operationTask(name, decide), input, requester(by)),
    askEc2: (by, name, decide, input) => engine.perform(task(name, decide), input, requester(by)),
  }
}

/** A key for an account, which is made where there is none. */
async function newKey(snapshot: Snapshot, order: AccountOrder): Promise<Decision<Account>> {
  const { accountId } = order
  const known = accountId === undefined ? undefined : await snapshot.get('account', accountId)
  if (accountId === undefined || (known?.describedAt ?? null) === null) {
    const { changes, show } = await createAccount(snapshot, order)
    return {
      changes,
      show: async (after) => {
        const shown = await show(after)
        return { ...shown.accessKey, accountId: shown.accountId }
      },
    }
  }
  const { changes, show } = await createAccessKey(snapshot, { accountId })
  return { changes, show: async (after) => ({ ...(await show(after)), accountId }) }
}

interface Ending {
  readonly deletedAt: number | null
  readonly rejectedAt?: number | null
}

/** What is on its way out still holds what its successor needs, such as its VLAN. */
function isEnded({ deletedAt, rejectedAt = null }: Ending, now: number): boolean {
  return reached(deletedAt, now) || reached(rejectedAt, now)
}
