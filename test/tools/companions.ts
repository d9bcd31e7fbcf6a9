// The official SDK's clients for the services beside Direct Connect.
import assert from 'node:assert/strict'
import { EC2Client } from '@aws-sdk/client-ec2'
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api'
import { STSClient } from '@aws-sdk/client-sts'
import type { TestServer } from './server.ts'

/** An access key that is no account's of the development credentials. */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export function ec2(server: TestServer, key: string | Credentials = '111122223333', region = 'us-east-1'): EC2Client {
  return new EC2Client(configuration(server, key, region))
}

export function sts(server: TestServer, key: string | Credentials = '111122223333', region = 'us-east-1'): STSClient {
  return new STSClient(configuration(server, key, region))
}

export function tagging(server: TestServer, key: string | Credentials = '111122223333', region = 'us-east-1') {
  return new ResourceGroupsTaggingAPIClient(configuration(server, key, region))
}

function configuration(server: TestServer, key: string | Credentials, region: string) {
  const credentials = typeof key === 'string' ? { accessKeyId: key, secretAccessKey: 'test' } : key
  return { endpoint: server.url, region, credentials, maxAttempts: 1 }
}

/** What a call is refused with: the error's name, and its message held to the pattern. */
export async function refused(call: Promise<unknown>, name: string, message = /./): Promise<void> {
  await assert.rejects(call, { name, message })
}

/** What a test takes for granted. */
export function present<T>(value: T | undefined): T {
  assert.ok(value !== undefined)
  return value
}
