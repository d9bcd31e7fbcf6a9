import { Fault } from '../../product/fault.ts'
import { ec2 as actions } from './api.ts'
import type { Companion, WireAnswer } from './companion.ts'
import { type FormNode, type Refusals, readForm } from './parameters.ts'
import { type ErrorNames, readQuery, refusal, renamed, unquoted } from './query.ts'
import { declaration, element, elements, text } from './xml.ts'

const version = '2016-11-15'
const namespace = ` xmlns="http://ec2.amazonaws.com/doc/${version}/"`

/**
 * EC2's query protocol.
 * @source EC2 developer guide, "Query requests" and "Error codes"
 */
export const ec2: Companion = {
  async answer(engine, request, by) {
    const { action: name, version: asked, parameters } = readQuery(request)
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined
    if (name === '') throw refusal('MissingAction', 'The request must contain the parameter Action')
    if (action === undefined)
      throw refusal('InvalidAction', `The action ${unquoted(name)} is not valid for this web service.`)
    if (asked !== version)
      throw refusal('NoSuchVersion', `The requested version (${unquoted(asked)}) of service AmazonEC2 does not exist`)
    const dryRun = takeDryRun(parameters)
    const output = await action.perform(engine, {
      name,
      eventSource: 'ec2.amazonaws.com',
      by,
      dryRun,
      read: (declared) => readForm(declared, parameters, refusals),
    })
    const content = element('requestId', by.requestId) + elements(output)
    return xml(200, element(`${name}Response`, content, namespace))
  },
  refuse(given, requestId) {
    const { status, code, message } = renamed(names, given)
    const error = element('Error', element('Code', code) + element('Message', text(message)))
    return xml(status, element('Response', element('Errors', error) + element('RequestID', requestId)))
  },
}

function takeDryRun(parameters: FormNode): boolean {
  const { DryRun = false } = readForm({ DryRun: 'boolean' } as const, parameters, { ...refusals, unknown: undefined })
  parameters.members.delete('DryRun')
  return DryRun
}

const refusals = {
  missing: (path) => new Fault('MissingParameter', `The request must contain the parameter ${lowerFirst(path)}`),
  invalid: (path, value, why) =>
    new Fault(
      'InvalidParameterValue',
      `Value (${unquoted(value)}) for parameter ${lowerFirst(path)} is invalid. ${why}`,
    ),
  unknown: (path) => new Fault('UnknownParameter', `The parameter ${unquoted(path)} is not recognized`),
} as const satisfies Refusals

const names: ErrorNames = {
  DirectConnectServerException: ['InternalError', 500],
  ExpiredTokenException: ['RequestExpired', 400],
  IncompleteSignatureException: ['IncompleteSignature', 400],
  InternalFailure: ['InternalError', 500],
  InvalidSignatureException: ['AuthFailure', 401],
  MissingAuthenticationTokenException: ['MissingAuthenticationToken', 403],
  ThrottlingException: ['RequestLimitExceeded', 503],
  UnrecognizedClientException: ['AuthFailure', 401],
}

function xml(status: number, content: string): WireAnswer {
  return { status, contentType: 'text/xml;charset=UTF-8', body: `${declaration}${content}` }
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
