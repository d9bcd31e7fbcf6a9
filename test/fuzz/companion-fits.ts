// Whether an answer of a service beside Direct Connect is one that its official SDK knows.
import * as ec2 from '@aws-sdk/client-ec2'
import * as tagging from '@aws-sdk/client-resource-groups-tagging-api'
import * as sts from '@aws-sdk/client-sts'

/** What of an action's answer has no place in its model: the path of each such member, with what is there. */
export function companionMisfits(service: keyof typeof models, action: string, text: string): readonly string[] {
  const [, , , , , output] = list(models[service][`${action}$`])
  const root = service === 'tagging' ? nodeOf('', JSON.parse(text)) : parsed(text)
  if (service === 'tagging') return misfits(output, root, action)
  if (root.name !== `${action}Response`) return [`${action}: ${root.name}`]
  const result = service === 'ec2' ? root : root.children.find(({ name }) => name === `${action}Result`)
  return result === undefined ? [`${action}: no result`] : misfits(output, result, action)
}

const models: Readonly<Record<'ec2' | 'sts' | 'tagging', Readonly<Record<string, unknown>>>> = { ec2, sts, tagging }

/** An element of XML, or what would be one if it were not JSON. */
interface Node {
  readonly name: string
  readonly children: Node[]
  text: string
}

/** In the notation of the SDK: a number for what is simple, `[3, …, names, types]` a structure, `[1, …, item]` a list. */
function misfits(type: unknown, node: Node, path: string): readonly string[] {
  const schema = typeof type === 'function' ? type() : type
  if (typeof schema === 'number') {
    const isOne = node.children.length === 0 && (simple[schema] ?? /^[^]*$/).test(node.text)
    return isOne ? [] : [`${path}: ${JSON.stringify(node)} is no ${schema}`]
  }
  // What answers nothing of its own says that it is done.
  if (schema === 'unit') return node.children.flatMap(({ name }) => (usual.has(name) ? [] : [`${path}.${name}`]))
  const [kind, , name, , names, types] = list(schema)
  if (kind === 0) return misfits(names, node, path)
  if (kind === 1) {
    const [item, itemName] = memberOf(names, 'member')
    return node.children.flatMap((child, index) =>
      child.name === itemName ? misfits(item, child, `${path}[${index}]`) : [`${path}: an item ${child.name}`],
    )
  }
  const members = new Map(
    list(names).map((member, index) => {
      const [memberType, xmlName] = memberOf(list(types)[index], String(member))
      return [xmlName, memberType]
    }),
  )
  return node.children.flatMap((child) => {
    const inside = `${path}.${child.name}`
    if (members.has(child.name)) return misfits(members.get(child.name), child, inside)
    return usual.has(child.name) && !path.includes('.') ? [] : [`${inside}: not in ${name}`]
  })
}

/** Beside what the model has: whose answer it is, and that it was done. */
const usual: ReadonlySet<string> = new Set(['requestId', 'return'])

const simple: Readonly<Record<number, RegExp>> = {
  1: /^-?\d+(\.\d+)?$/,
  2: /^(true|false)$/,
  4: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/,
}

/** A member's type and its name on the wire. */
function memberOf(member: unknown, usualName: string): readonly [unknown, string] {
  const [type, traits] = Array.isArray(member) && member.length === 2 ? list(member) : [member, undefined]
  return [type, (isTraits(traits) ? traits.xmlName : undefined) ?? usualName]
}

function isTraits(value: unknown): value is { readonly xmlName?: string } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`not in the SDK's notation: ${JSON.stringify(value)}`)
  return value
}

function parsed(xml: string): Node {
  const root: Node = { name: '', children: [], text: '' }
  const open = [root]
  for (const [token, slash, name = ''] of xml
    .replace(/^<\?xml[^>]*>\n/, '')
    .matchAll(/<(\/?)([\w-]+)[^<>]*>|[^<>]+/g)) {
    const parent = open.at(-1) ?? root
    if (slash === undefined) parent.text += token
    else if (slash === '') {
      const node: Node = { name, children: [], text: '' }
      parent.children.push(node)
      open.push(node)
    } else if (open.pop()?.name !== name) throw new Error(`${name} ends where it has not begun: ${xml}`)
  }
  const [first] = root.children
  if (open.length > 1 || root.children.length > 1 || first === undefined) throw new Error(`not one element: ${xml}`)
  return first
}

function nodeOf(name: string, value: unknown): Node {
  if (Array.isArray(value)) return { name, text: '', children: value.map((item) => nodeOf('member', item)) }
  if (typeof value !== 'object' || value === null) return { name, text: String(value), children: [] }
  return { name, text: '', children: Object.entries(value).map(([member, each]) => nodeOf(member, each)) }
}
