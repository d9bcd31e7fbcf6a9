import { call } from '../test/wire/signed.ts'
import { type Load, type LoadWish, load } from './wrk.ts'

/** moto takes the signed requests that we take, whatever their signature says; it is asked as we are. */
export async function askMoto(url: string, target: string, input: object): Promise<void> {
  const { status, text } = await call(url, { target, body: JSON.stringify(input) })
  if (status !== 200) throw new Error(`moto, ${target}: ${text}`)
}

/** A load of the server that `MOTO_SERVER` names. */
export async function motoLoad(url: string, wish: LoadWish): Promise<Load> {
  const result = await load(url, wish)
  if (result.refused > 0) throw new Error(`moto refused ${result.refused} of ${result.requests} requests`)
  return result
}
