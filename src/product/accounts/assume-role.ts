import { quote } from '../../contract/quote.ts'
import { partitionOf } from '../arn.ts'
import { Fault } from '../fault.ts'
import { create, type Decision, erase } from '../operation.ts'
import { day, hour } from '../settings.ts'
import type { Snapshot } from '../snapshot.ts'
import { showTime } from '../time.ts'
import type { Session } from './session.ts'

export interface AssumeRoleInput {
  readonly RoleArn: string
  readonly RoleSessionName: string
  readonly DurationSeconds?: number | undefined
  /** Who asks. */
  readonly principalArn: string
}

/** As STS answers it. */
export interface AssumedRole {
  readonly Credentials: {
    readonly AccessKeyId: string
    readonly SecretAccessKey: string
    readonly SessionToken: string
    readonly Expiration: string
  }
  readonly AssumedRoleUser: { readonly AssumedRoleId: string; readonly Arn: string }
  readonly PackedPolicySize: number
}

/**
 * A temporary access key of another account of this installation. There are no roles to be kept: any name will do.
 * Whoever can be everybody with the development credentials may assume into every account, others into their own only.
 */
export async function AssumeRole(snapshot: Snapshot, input: AssumeRoleInput): Promise<Decision<AssumedRole>> {
  const { now, caller, settings } = snapshot
  const role = parseRole(input.RoleArn)
  const name = checkedSessionName(input.RoleSessionName)
  const seconds = checkedDuration(input.DurationSeconds ?? hour / 1_000)
  if (role.accountId !== caller.accountId && !settings.anyAccount)
    throw new Fault(
      'AccessDenied',
      `User: ${input.principalArn} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`,
    )

  // Sessions end in real time, which is the product's without what its clock was moved by.
  const realTime = now - ((await snapshot.get('installation', 'installation'))?.clockOffset ?? 0)
  const session: Session = {
    id: snapshot.id('ASIA'),
    createdAt: now,
    accountId: role.accountId,
    principalArn: `arn:${partitionOf(caller.region)}:sts::${role.accountId}:assumed-role/${role.name}/${name}`,
    assumedRoleId: `${roleId(role)}:${name}`,
    secretAccessKey: base64(snapshot.random(30)),
    sessionToken: base64(snapshot.random(96)),
    expiresAt: realTime + seconds * 1_000,
  }
  const oldest = await snapshot.list('session', 'account', role.accountId, { limit: lookedAt })
  const forgotten = oldest.filter(({ expiresAt }) => expiresAt + rememberedAfterEnd <= realTime)
  return {
    changes: [create('session', session), ...forgotten.map(({ id }) => erase('session', id))],
    show: () => ({
      Credentials: {
        AccessKeyId: session.id,
        SecretAccessKey: session.secretAccessKey,
        SessionToken: session.sessionToken,
        Expiration: showTime(session.expiresAt),
      },
      AssumedRoleUser: { AssumedRoleId: session.assumedRoleId, Arn: session.principalArn },
      PackedPolicySize: 0,
    }),
  }
}

/** For as long its key is told that it has expired, later that nobody knows it. */
const rememberedAfterEnd = day

/** So many may be forgotten for each that is made: whoever makes thousands need not read them all with each, which takes long. */
const lookedAt = 10

interface Role {
  readonly accountId: string
  /** Without the path. */
  readonly name: string
}

const roleForm =
  /^arn:(?:aws|aws-cn|aws-us-gov|aws-eusc):iam::(\d{12}):role\/(?:[\x21-\x7e]{0,510}\/)?([\w+=,.@-]{1,64})$/

function parseRole(arn: string): Role {
  const [, accountId, name] = roleForm.exec(arn) ?? []
  if (accountId === undefined || name === undefined)
    throw new Fault('ValidationError', `${quote(arn)} is invalid: it is not arn:aws:iam::ACCOUNT:role/NAME`)
  return { accountId, name }
}

function checkedSessionName(name: string): string {
  if (!/^[\w+=,.@-]{2,64}$/.test(name))
    throw violated(quote(name), 'roleSessionName', 'Member must satisfy regular expression pattern: [\\w+=,.@-]{2,64}')
  return name
}

/** 15 minutes to 12 hours. @source STS's model */
function checkedDuration(seconds: number): number {
  if (seconds < 900)
    throw violated(`'${seconds}'`, 'durationSeconds', 'Member must have value greater than or equal to 900')
  if (seconds > 43_200)
    throw violated(`'${seconds}'`, 'durationSeconds', 'Member must have value less than or equal to 43200')
  return seconds
}

function violated(value: string, member: string, constraint: string): Fault {
  return new Fault(
    'ValidationError',
    `1 validation error detected: Value ${value} at '${member}' failed to satisfy constraint: ${constraint}`,
  )
}

/** A role's unique id, the same whenever it is assumed: its account, and a hash (FNV-1a) of its name. */
function roleId({ accountId, name }: Role): string {
  let hash = 0xcbf29ce484222325n
  for (const character of name) hash = BigInt.asUintN(64, (hash ^ BigInt(character.charCodeAt(0))) * 0x100000001b3n)
  return `AROA${inBase32(BigInt(accountId), 8)}${inBase32(hash, 9)}`
}

function inBase32(number: bigint, length: number): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  return Array.from({ length }, (_, place) => digits[Number((number >> BigInt(5 * place)) & 31n)]).join('')
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
