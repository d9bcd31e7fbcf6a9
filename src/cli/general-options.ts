import { connectionOptions } from './connection/options.ts'
import { outputOptions } from './output/options.ts'

/** What may also stand before a command: `crossconnect --region eu-west-1 describe-lags`. */
export const generalOptions = { ...outputOptions, ...connectionOptions }

export const isGeneralOption = (word: string): boolean =>
  Object.keys(generalOptions).some((name) => word === `--${name}` || word.startsWith(`--${name}=`))
