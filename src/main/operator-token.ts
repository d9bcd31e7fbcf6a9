import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Options } from './options.ts'

/** The operator token, and where a person finds it. */
export interface OperatorToken {
  readonly token: string
  readonly whereabouts: string
}

const developmentToken = 'test'

/** What the environment says, else the one that everybody knows, else one that this installation alone has. */
export function operatorToken({ operatorToken, developmentCredentials, data }: Options): OperatorToken {
  if (operatorToken !== undefined) return { token: operatorToken, whereabouts: 'in CROSSCONNECT_OPERATOR_TOKEN' }
  if (developmentCredentials) return { token: developmentToken, whereabouts: developmentToken }
  const path = join(data, 'operator-token')
  if (!existsSync(path)) {
    writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
    chmodSync(path, 0o600)
  }
  const token = readFileSync(path, 'utf8').trim()
  if (token === '') throw new Error(`${path} holds no token`)
  return { token, whereabouts: `in ${path}` }
}
