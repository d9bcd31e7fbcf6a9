import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { secretMembers } from '../contract/redact.ts'

/**
 * Encrypts at rest what nobody but its owner may read: BGP keys, MACsec keys, the secrets of access keys. AES-256-GCM,
 * a fresh nonce for each value. A second key from the same file, by way of an HMAC, signs the tokens that only we can
 * have made.
 */
export interface Vault {
  /** The facts of a record as JSON in which each secret member is sealed. */
  seal(record: object): string
  open(json: string): unknown
  sign(text: string): string
  /** The text, if `signed` came from `sign`. */
  verify(signed: string): string | undefined
}

const mark = 'sealed:'
const secrets: ReadonlySet<string> = new Set([...secretMembers, 'secretAccessKey', 'sessionToken'])

/** @param random so many bytes that nobody can foretell, of which each sealed value takes some */
export function createVault(key: Uint8Array, random: (count: number) => Uint8Array = randomBytes): Vault {
  const keyFor = (purpose: string) =>
    createSecretKey(new Uint8Array(hkdfSync('sha256', key, '', `crossconnect ${purpose}`, 32)))
  const sealingKey = keyFor('sealing')
  const signingKey = keyFor('signing')
  const encrypt = (text: string) => {
    const nonce = random(12)
    const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce)
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return [mark, sealed.toString('base64')].join('')
  }
  const decrypt = (text: string) => {
    const sealed = Buffer.from(text.slice(mark.length), 'base64')
    const decipher = createDecipheriv('aes-256-gcm', sealingKey, sealed.subarray(0, 12))
    decipher.setAuthTag(sealed.subarray(-16))
    const opened = decipher.update(sealed.subarray(12, -16))
    // It returns nothing: what it does is to prove what was opened.
    decipher.final()
    return opened.toString('utf8')
  }
  const unsealed = unsealing(decrypt)
  const mac = (text: string) => createHmac('sha256', signingKey).update(text).digest().subarray(0, 16)

  return {
    seal: (record) => JSON.stringify(sealed(record, encrypt)),
    open(json) {
      const record: unknown = JSON.parse(json)
      return json.includes(mark) ? unsealed(record) : record
    },
    sign: (text) => Buffer.concat([mac(text), Buffer.from(text)]).toString('base64url'),
    verify: (signed) => {
      const bytes = Buffer.from(signed, 'base64url')
      if (bytes.length < 16 || bytes.toString('base64url') !== signed) return undefined
      const text = bytes.subarray(16).toString('utf8')
      return timingSafeEqual(bytes.subarray(0, 16), mac(text)) ? text : undefined
    },
  }
}

/** The same value where nothing in it is secret. It takes a fraction of what `JSON.stringify` does to ask about each member. */
function sealed(value: unknown, encrypt: (text: string) => string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => sealed(item, encrypt))
    return items.every((item, index) => item === value[index]) ? value : items
  }
  if (!isObject(value)) return value
  let copy: Record<string, unknown> | undefined
  for (const [name, member] of Object.entries(value)) {
    const kept = typeof member === 'string' && secrets.has(name) ? encrypt(member) : sealed(member, encrypt)
    if (kept !== member) (copy ??= { ...value })[name] = kept
  }
  return copy ?? value
}

/** A secret of an object, as it is kept and, once somebody has looked, as it is. */
interface Sealed {
  readonly text: string
  opened: string | undefined
}

const sealedMembers = Symbol('sealed members')
type Members = Record<string, unknown>
type Sealing = { readonly [sealedMembers]: Readonly<Record<string, Sealed>> }

/**
 * What was parsed with its secrets opened when they are looked at: most who read a record never do, and opening takes longer
 * than reading. All objects share the getters, and so their form; with getters of its own each would be the only one of its
 * form, and whoever looks at any member would look it up anew.
 */
function unsealing(decrypt: (text: string) => string): (parsed: unknown) => unknown {
  const accessors = new Map(
    [...secrets].map((name) => {
      const get = function (this: Sealing): string {
        const kept = this[sealedMembers][name]
        if (kept === undefined) throw new Error(`${name} is not sealed here`)
        return (kept.opened ??= decrypt(kept.text))
      }
      return [name, { get, enumerable: true, configurable: true }]
    }),
  )
  const isSealed = (name: string, member: unknown): member is string => typeof member === 'string' && secrets.has(name)
  const openable = (value: Members, names: readonly string[]): Members => {
    const kept: Record<string, Sealed> = {}
    const object: Members = Object.defineProperty({}, sealedMembers, { value: kept })
    for (const name of names) {
      const member = value[name]
      if (isSealed(name, member)) {
        kept[name] = { text: member, opened: undefined }
        Object.defineProperty(object, name, accessors.get(name) ?? {})
      } else object[name] = member
    }
    return object
  }
  const unsealed = (value: unknown): unknown => {
    if (!isObject(value)) return value
    const names = Object.keys(value)
    for (const name of names) if (typeof value[name] === 'object') value[name] = unsealed(value[name])
    return names.some((name) => isSealed(name, value[name])) ? openable(value, names) : value
  }
  return unsealed
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null
}

/**
 * The 32 bytes of a key file, which is made, for its owner alone, when it does not exist. It is on disk before anything
 * is sealed with it, since whatever is would be lost with it.
 */
export function readKeyFile(path: string): Uint8Array {
  if (!existsSync(path)) {
    const unfinished = `${path}.new`
    writeFileSync(unfinished, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flush: true })
    renameSync(unfinished, path)
    flushDirectory(dirname(path))
  }
  return keyOf(readFileSync(path, 'utf8'), path)
}

/** A key as text holds it. Throws what says where it is from, and never what it is. */
export function keyOf(text: string, source = 'CROSSCONNECT_SECRET_KEY'): Uint8Array {
  const key = Buffer.from(text, 'base64')
  if (key.length !== 32) throw new Error(`${source} does not hold a key of 32 bytes in base64`)
  return key
}

function flushDirectory(path: string): void {
  const directory = openSync(path, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}
