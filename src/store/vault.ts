import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
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

export function createVault(key: Uint8Array): Vault {
  const keyFor = (purpose: string) => new Uint8Array(hkdfSync('sha256', key, '', `crossconnect ${purpose}`, 32))
  const sealingKey = keyFor('sealing')
  const signingKey = keyFor('signing')
  const encrypt = (text: string) => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce)
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return mark + sealed.toString('base64')
  }
  const decrypt = (text: string) => {
    const sealed = Buffer.from(text.slice(mark.length), 'base64')
    const decipher = createDecipheriv('aes-256-gcm', sealingKey, sealed.subarray(0, 12))
    decipher.setAuthTag(sealed.subarray(-16))
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8')
  }
  const mac = (text: string) => createHmac('sha256', signingKey).update(text).digest().subarray(0, 16)

  return {
    seal: (record) =>
      JSON.stringify(record, (name, value) =>
        secrets.has(name) && typeof value === 'string' ? encrypt(value) : value,
      ),
    open(json) {
      const record: unknown = JSON.parse(json)
      if (json.includes(mark)) unsealOnDemand(record, decrypt)
      return record
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

/** Most who read a record never look at its secrets, and opening them takes longer than reading it; so it is done once. */
function unsealOnDemand(value: unknown, decrypt: (text: string) => string): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === 'object') unsealOnDemand(member, decrypt)
    else if (secrets.has(name) && typeof member === 'string')
      Object.defineProperty(value, name, { get: once(() => decrypt(member)), enumerable: true, configurable: true })
  }
}

function once(read: () => string): () => string {
  let known: string | undefined
  return () => (known ??= read())
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
