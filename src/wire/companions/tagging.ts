import { Fault } from '../../product/fault.ts'
import { RefusalError, type WireError, wireErrors } from '../errors.ts'
import { tagging as actions } from './api.ts'
import type { Companion, WireAnswer } from './companion.ts'
import { type Refusals, readJson } from './parameters.ts'

const targetPrefix = 'ResourceGroupsTaggingAPI_20170126.'

/** awsJson1.1, as Direct Connect speaks it. */
export const tagging: Companion = {
  async answer(engine, { body, target }, by) {
    const name = target.startsWith(targetPrefix) ? target.slice(targetPrefix.length) : ''
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined
    if (action === undefined) throw new RefusalError(wireErrors.unknownOperation(target))
    const given = jsonOf(body)
    const output = await action.perform(engine, {
      name,
      eventSource: 'tagging.amazonaws.com',
      by,
      dryRun: false,
      read: (declared) => readJson(declared, given, refusals),
    })
    return json(200, output)
  },
  refuse(given) {
    const { status, code, message } = ours(given)
    return json(status, { __type: code, message })
  },
}

const refusals: Refusals = {
  missing: (path) => new Fault('InvalidParameterException', `${path} is required`),
  invalid: (path, value, why) =>
    new Fault('InvalidParameterException', `Invalid value ${value} for ${path === '' ? 'the body' : path}. ${why}`),
}

const names: Readonly<Record<string, readonly [code: string, status: number]>> = {
  DirectConnectServerException: ['InternalServiceException', 500],
  InternalFailure: ['InternalServiceException', 500],
  ThrottlingException: ['ThrottledException', 400],
}

function ours(error: WireError): WireError {
  const [code, status] = names[error.code] ?? [error.code, error.status]
  return { code, status, message: error.message }
}

function jsonOf(body: Uint8Array): unknown {
  if (body.length === 0) return {}
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw new RefusalError(wireErrors.notJson)
  }
}

function json(status: number, body: object): WireAnswer {
  return { status, contentType: 'application/x-amz-json-1.1', body: JSON.stringify(body) }
}
