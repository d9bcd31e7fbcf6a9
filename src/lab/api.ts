import { signedHeaders } from '../client/signed.ts'
import type { Input, OperationName, Output } from '../contract/types.ts'
import { LabError } from './lab-error.ts'

/** The server of a lab, as its customers and its operator see it. */
export interface Api {
  readonly url: string
  /** One call of Direct Connect's API. */
  ask<N extends OperationName>(operation: N, input: Input<N>, by?: Account): Promise<Output<N>>
  /** One call of EC2's; answers what of the answer's XML is in the first element of a name. */
  ec2(action: string, parameters: Readonly<Record<string, string>>, element: string): Promise<string>
  /** One call of the operator API. */
  operator<Answer>(method: string, path: string, body?: object): Promise<Answer>
}

/** The development credentials that a lab uses: a customer, and a partner. */
export type Account = 'test' | 'partner'
export const accountIds: Readonly<Record<Account, string>> = { test: '000000000000', partner: '111111111111' }

const region = 'us-east-1'

export function apiAt(url: string): Api {
  async function send(service: string, headers: Readonly<Record<string, string>>, body: string, by: Account) {
    const address = new URL('/', url)
    const signed = await signedHeaders(
      { method: 'POST', url: address, headers, body },
      { credentials: { accessKeyId: by, secretAccessKey: 'test' }, region, service, time: Date.now() },
    )
    // fetch writes this one itself.
    const { host: _host, ...rest } = signed
    return ask(address, { method: 'POST', headers: rest, body })
  }
  return {
    url,
    async ask<N extends OperationName>(operation: N, input: Input<N>, by: Account = 'test'): Promise<Output<N>> {
      const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `OvertureService.${operation}` }
      const { ok, text } = await send('directconnect', headers, JSON.stringify(input), by)
      if (!ok) throw new LabError(`${operation}: ${messageIn(text)}`)
      // The contract says what the server answers.
      return JSON.parse(text) as Output<N>
    },
    async ec2(action, parameters, element) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
      const body = new URLSearchParams({ Action: action, Version: '2016-11-15', ...parameters }).toString()
      const { ok, text } = await send('ec2', headers, body, 'test')
      const found = new RegExp(`<${element}>([^<]*)</${element}>`).exec(text)?.[1]
      if (!ok || found === undefined) throw new LabError(`${action}: ${/<Message>([^<]*)/.exec(text)?.[1] ?? text}`)
      return found
    },
    async operator<Answer>(method: string, path: string, body?: object): Promise<Answer> {
      const { ok, text } = await ask(new URL(`/operator/v1${path}`, url), {
        method,
        headers: {
          authorization: 'Bearer test',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!ok) throw new LabError(`${method} ${path}: ${messageIn(text)}`)
      // The operator API's description says what it answers.
      return (text === '' ? undefined : JSON.parse(text)) as Answer
    },
  }
}

async function ask(url: URL, request: RequestInit): Promise<{ readonly ok: boolean; readonly text: string }> {
  try {
    const response = await fetch(url, request)
    return { ok: response.ok, text: await response.text() }
  } catch {
    throw new LabError(`the lab's server does not answer at ${url.origin}; 'lab down' removes the rest`)
  }
}

/** What a refusal says, if it is one of ours. */
function messageIn(text: string): string {
  try {
    const { message }: { readonly message?: unknown } = JSON.parse(text)
    return typeof message === 'string' ? message : text
  } catch {
    return text
  }
}
