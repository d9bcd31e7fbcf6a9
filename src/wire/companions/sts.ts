import { Fault } from '../../product/fault.ts'
import { sts as actions } from './api.ts'
import type { Companion, WireAnswer } from './companion.ts'
import { type Refusals, readForm } from './parameters.ts'
import { type ErrorNames, readQuery, refusal, renamed, unquoted } from './query.ts'
import { declaration, element, elements, text } from './xml.ts'

const version = '2011-06-15'
const namespace = ` xmlns="https://sts.amazonaws.com/doc/${version}/"`

/** The query protocol as STS speaks it. @source AWS STS API reference, "Common errors" and its examples */
export const sts: Companion = {
  async answer(engine, request, by) {
    const { action: name, version: asked, parameters } = readQuery(request)
    const action = Object.hasOwn(actions, name) && asked === version ? actions[name] : undefined
    if (name === '') throw refusal('MissingAction', 'The request must contain the parameter Action')
    if (action === undefined)
      throw refusal('InvalidAction', `Could not find operation ${unquoted(name)} for version ${unquoted(asked)}`)
    const output = await action.perform(engine, {
      name,
      eventSource: 'sts.amazonaws.com',
      by,
      dryRun: false,
      read: (declared) => readForm(declared, parameters, refusals),
    })
    const metadata = element('ResponseMetadata', element('RequestId', by.requestId))
    return xml(200, element(`${name}Response`, element(`${name}Result`, elements(output)) + metadata, namespace))
  },
  refuse(given, requestId) {
    const { status, code, message } = renamed(names, given)
    const type = element('Type', status < 500 ? 'Sender' : 'Receiver')
    const error = element('Error', type + element('Code', code) + element('Message', text(message)))
    return xml(status, element('ErrorResponse', error + element('RequestId', requestId), namespace))
  },
}

// What it does not know, such as a policy for the session, it must not ignore: it would hand out more than was asked for.
const refusals: Refusals = {
  missing: (path) => invalid(path, 'null', 'Member must not be null'),
  invalid: (path, value, why) => invalid(path, `'${unquoted(value)}'`, why),
  unknown: (path) => new Fault('ValidationError', `The parameter ${unquoted(path)} is not known here`),
}

function invalid(path: string, value: string, why: string): Fault {
  const name = path.charAt(0).toLowerCase() + path.slice(1)
  return new Fault(
    'ValidationError',
    `1 validation error detected: Value ${value} at '${name}' failed to satisfy constraint: ${why}`,
  )
}

const names: ErrorNames = {
  DirectConnectServerException: ['InternalFailure', 500],
  ExpiredTokenException: ['ExpiredToken', 403],
  IncompleteSignatureException: ['IncompleteSignature', 400],
  InvalidSignatureException: ['SignatureDoesNotMatch', 403],
  MissingAuthenticationTokenException: ['MissingAuthenticationToken', 403],
  ThrottlingException: ['Throttling', 400],
  UnrecognizedClientException: ['InvalidClientTokenId', 403],
}

function xml(status: number, content: string): WireAnswer {
  return { status, contentType: 'text/xml', body: `${declaration}${content}` }
}
