import { type Command, type Given, type Options, type Positional, UsageError } from '../command.ts'
import type { JsonObject, JsonValue } from '../connection/connection.ts'
import { isList, textIn } from '../connection/json.ts'
import { RefusedError } from '../connection/refused.ts'
import { send } from '../connection/send.ts'
import type { Context } from '../context.ts'
import { dashed } from '../operations/names.ts'
import { coloursOf, formatOf, print } from '../output/print.ts'
import { compileQuery } from '../output/query.ts'
import { type Call, type Member, parsed, within } from './calls.ts'
import { betterOptions, nameOf } from './names.ts'
import { operatorOptions, serverSaid, tokenSaid } from './options.ts'
import { optionOf, valueOf } from './values.ts'

const optionName = ({ name }: Member): string => betterOptions[name] ?? dashed(name)

/** The command that makes one call of the operator API. */
export function callCommand(call: Call): Command {
  const { noun, verb } = nameOf(call)
  const members = [...call.query, ...call.body]
  const positionals = idsOf(call.path).map((id): Positional => {
    const words = dashed(id)
    return { name: words.toUpperCase(), meaning: `the ${words.replaceAll('-', ' ')}` }
  })
  const own: Options = Object.fromEntries(members.map((member) => [optionName(member), optionOf(member)]))
  const required = Object.entries(own).flatMap(([name, option]) =>
    option.required ? [`--${name} ${option.choices?.[0] ?? option.value ?? ''}`.trimEnd()] : [],
  )
  return {
    summary: call.summary,
    positionals,
    options: { ...own, ...operatorOptions },
    examples: [
      ['crossconnect operator', noun, verb, ...positionals.map(({ name }) => name), ...required]
        .filter((word) => word !== null)
        .join(' '),
    ],
    run: (context, given) => run(context, given, call),
  }
}

const idsOf = (path: string): readonly string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

async function run(context: Context, given: Given, call: Call): Promise<number> {
  const shown = compileQuery(given.text('query'))
  const { endpoint, settings } = await serverSaid(context, given)
  const format = formatOf(context, given, settings)
  const token = tokenSaid(context, given, endpoint)
  const body = said(call.body, given)
  const ask = (query: JsonObject) => answered(call, urlOf(endpoint, call.path, given.positionals, query), body, token)
  const query = said(call.query, given)
  const byHand = ['limit', 'nextToken'].some((name) => query[name] !== undefined)
  const answer = call.method === 'GET' && !byHand ? await allPages(ask, query) : await ask(query)
  const style = { title: call.name, colours: coloursOf(given, context.stdout) }
  if (answer !== undefined) await print(context, shown(answer), format, style)
  return 0
}

const said = (members: readonly Member[], given: Given): JsonObject =>
  Object.fromEntries(
    members.flatMap((member): readonly [string, JsonValue][] => {
      const value = valueOf(optionName(member), member, given)
      return value === undefined ? [] : [[member.name, value]]
    }),
  )

function urlOf(endpoint: URL, path: string, ids: readonly string[], query: JsonObject): URL {
  let place = 0
  const filled = path.replaceAll(/\{\w+\}/g, () => {
    const id = ids[place++] ?? ''
    // A dot or nothing would lead to another path.
    if (/^\.{0,2}$/.test(id)) throw new UsageError(`'${id}' is no id`)
    return encodeURIComponent(id)
  })
  const url = new URL(filled, endpoint)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
  return url
}

async function answered(call: Call, url: URL, body: JsonObject, token: string): Promise<JsonObject | undefined> {
  const hasBody = call.body.length > 0
  const { status, body: text } = await send({
    method: call.method,
    url,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
    },
    ...(hasBody ? { body: JSON.stringify(body) } : {}),
  })
  const answer = parsed(text)
  if (status >= 200 && status < 300) return answer
  const error = within(answer, 'error')
  throw new RefusedError(
    textIn(error, 'code') || String(status),
    textIn(error, 'message') || `HTTP ${status}`,
    call.name,
  )
}

/** The lists of all pages as one. */
async function allPages(
  ask: (query: JsonObject) => Promise<JsonObject | undefined>,
  query: JsonObject,
): Promise<JsonObject | undefined> {
  const first = await ask(query)
  const next = textIn(first, 'nextToken')
  return first === undefined || next === '' ? first : joined(first, await allPages(ask, { ...query, nextToken: next }))
}

/** What is no list is as the last page has it. */
const joined = (page: JsonObject, rest: JsonObject = {}): JsonObject =>
  Object.fromEntries(
    Object.entries(rest).map(([name, value]) => {
      const before = page[name]
      return [name, isList(before) && isList(value) ? [...before, ...value] : value]
    }),
  )
