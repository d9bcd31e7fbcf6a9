// What the resources of Terraform's provider have in common when they call a service: who they call as, how they wait, which
// errors they take for an answer. It never sleeps: between two looks it moves the server's clock by as long as it would.
import assert from 'node:assert/strict'
import { DescribeTagsCommand, DirectConnectClient, type Tag } from '@aws-sdk/client-direct-connect'
import { EC2Client } from '@aws-sdk/client-ec2'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { TestServer } from './server.ts'

/** One provider block: an account in a Region. */
export interface Provider {
  readonly server: TestServer
  readonly directConnect: DirectConnectClient
  readonly ec2: EC2Client
  readonly sts: STSClient
  readonly region: string
  /** This and the account are read out of the ARN that STS answers, not out of its `Account`. */
  readonly partition: string
  readonly accountId: string
}

/** `provider "aws"` with its endpoints here. */
export function configure(server: TestServer, accessKeyId: string, region = 'us-east-1'): Promise<Provider> {
  return providerWith(server, region, { accessKeyId, secretAccessKey: 'test' })
}

/** The same with `assume_role`. */
export async function assumeRole({ server, region, sts }: Provider, roleArn: string): Promise<Provider> {
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'terraform', DurationSeconds: 900 })
  const { Credentials } = await sts.send(command)
  const { AccessKeyId, SecretAccessKey, SessionToken } = taken(Credentials)
  return providerWith(server, region, {
    accessKeyId: taken(AccessKeyId),
    secretAccessKey: taken(SecretAccessKey),
    sessionToken: taken(SessionToken),
  })
}

interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

async function providerWith(server: TestServer, region: string, credentials: Credentials): Promise<Provider> {
  // Their connections are closed by the server when it ends.
  const settings = { endpoint: server.url, region, credentials, maxAttempts: 1 }
  const sts = new STSClient(settings)
  const { Arn = '' } = await sts.send(new GetCallerIdentityCommand({}))
  const [, partition, accountId] = /^arn:([^:]+):[^:]+:[^:]*:(\d{12}):.+$/.exec(Arn) ?? []
  assert.ok(partition !== undefined && accountId !== undefined, `not the ARN of a caller: ${Arn}`)
  const directConnect = new DirectConnectClient(settings)
  return { server, directConnect, ec2: new EC2Client(settings), sts, region, partition, accountId }
}

export interface Waiter {
  /** Any state that is neither of these nor a target ends the wait as a failure. */
  readonly pending: readonly string[]
  /** None: it waits until the thing is gone. */
  readonly target: readonly string[]
  readonly timeoutMinutes: number
  /** Before the first look. */
  readonly delaySeconds?: number
  readonly leastGapSeconds?: number
}

/** How often in a row a thing may be absent that is waited for. */
const absencesAllowed = 20

/** @param look the state; undefined: it is gone */
export async function wait(
  { server }: Provider,
  { pending, target, timeoutMinutes, delaySeconds = 0, leastGapSeconds = 0 }: Waiter,
  look: () => Promise<string | undefined>,
): Promise<void> {
  let waitedSeconds = delaySeconds
  let gapSeconds = 0.1
  let absences = 0
  if (delaySeconds > 0) await server.advance(delaySeconds)
  for (;;) {
    const state = await look()
    if (state === undefined) {
      if (target.length === 0) return
      absences++
      assert.ok(absences <= absencesAllowed, "couldn't find resource")
    } else {
      absences = 0
      if (target.includes(state)) return
      assert.ok(pending.includes(state), `unexpected state '${state}', wanted target '${target.join(', ')}'`)
    }
    const gap = Math.max(gapSeconds, leastGapSeconds)
    waitedSeconds += gap
    assert.ok(waitedSeconds < timeoutMinutes * 60, `timeout while waiting, last state: '${state}'`)
    await server.advance(gap)
    gapSeconds = Math.min(gapSeconds * 2, 10)
  }
}

/** Another answer to an error: a code, and a part of its message in just these letters. */
export interface Match {
  readonly code: string
  readonly text?: string
}

export const directConnectError = (text: string): Match => ({ code: 'DirectConnectClientException', text })

function matches(error: unknown, tolerated: readonly Match[]): boolean {
  return (
    error instanceof Error &&
    tolerated.some(({ code, text = '' }) => error.name === code && error.message.includes(text))
  )
}

/** The answer, or undefined if the call fails in one of these ways; any other error is the user's. */
export async function unless<T>(tolerated: readonly Match[], call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (matches(error, tolerated)) return undefined
    throw error
  }
}

/** Calls again while it fails in this way. */
export async function retried<T>(
  { server }: Provider,
  when: Match,
  forSeconds: number,
  call: () => Promise<T>,
): Promise<T> {
  let gapSeconds = 0.5
  for (let waited = 0; ; waited += gapSeconds) {
    try {
      return await call()
    } catch (error) {
      if (!matches(error, [when]) || waited > forSeconds) throw error
    }
    await server.advance(gapSeconds)
    gapSeconds = Math.min(gapSeconds * 2, 10)
  }
}

/** What was asked for by its id; none: it is gone. */
export function single<T>(found: readonly T[] | undefined): T | undefined {
  assert.ok((found?.length ?? 0) <= 1, `too many results: wanted 1, got ${found?.length}`)
  return found?.[0]
}

/** All pages of a list; the last has no token, or an empty one. */
export async function pages<T>(
  page: (nextToken: string | undefined) => Promise<{ readonly items: readonly T[]; readonly nextToken: string }>,
): Promise<readonly T[]> {
  const all: T[] = []
  let token: string | undefined
  do {
    const { items, nextToken } = await page(token)
    all.push(...items)
    token = nextToken
  } while (token !== '')
  return all
}

/** What the provider takes without looking whether it is there; its process would end here. */
export function taken<T>(value: T | undefined): T {
  assert.ok(value !== undefined, 'panic: runtime error: invalid memory address or nil pointer dereference')
  return value
}

/** Tags as they are configured. */
export type TagMap = Readonly<Record<string, string>>

/** As Direct Connect is sent them when something is made; without any, the member is left out. */
export function newTags(tags: TagMap = {}) {
  const list = Object.entries(tags).map(([key, value]) => ({ key, value }))
  return list.length === 0 ? {} : { tags: list }
}

export async function describeTags({ directConnect }: Provider, arn: string): Promise<TagMap> {
  const { resourceTags } = await directConnect.send(new DescribeTagsCommand({ resourceArns: [arn] }))
  return tagMap(taken(resourceTags?.[0]).tags)
}

export function tagMap(tags: readonly Tag[] | undefined): TagMap {
  return Object.fromEntries((tags ?? []).map(({ key = '', value = '' }) => [key, value]))
}

/** The ARN of a resource as the provider puts it together. */
export function arnOf({ partition }: Provider, region: string, accountId: string, resource: string): string {
  return `arn:${partition}:directconnect:${region}:${accountId}:${resource}`
}

/** What is set goes onto the wire, what is empty does not. */
export function given<Name extends string>(name: Name, value: string | undefined): { readonly [N in Name]?: string } {
  // The computed name widens to an index signature.
  return value === undefined || value === '' ? {} : ({ [name]: value } as { readonly [N in Name]?: string })
}
