import { refuse } from '../fault.ts'

/** Our side of public sessions, and of what its owner has not confirmed yet. @source behaviour catalogue C.4 */
export const publicAsn = 7224

/**
 * Our side of sessions with a virtual private gateway, of which nothing but the id is known: what such a gateway has
 * unless its maker chose another. (7224 was that of gateways made before 2018.)
 */
export const virtualGatewayAsn = 64512

/** The highest `asn`, and the highest `asnLong`. @source behaviour catalogue C.4 */
const highestAsn = 2_147_483_646
const highestLongAsn = 4_294_967_294

export interface AsnInput {
  readonly asn?: number | undefined
  readonly asnLong?: number | undefined
}

/**
 * The customer's ASN. One of the two members has to be given; of both, `asnLong` counts.
 * @source behaviour catalogue A.3, C.4; the text as AWS was seen to send it
 */
export function chosenAsn({ asn, asnLong }: AsnInput): number {
  const chosen = asnLong ?? asn
  if (chosen === undefined) throw refuse('Field asn or asnLong is required')
  const highest = asnLong === undefined ? highestAsn : highestLongAsn
  if (chosen < 1) throw refuse(`BGP ASN ${chosen} must have value greater than or equal to 1`)
  if (chosen > highest) throw refuse(`BGP ASN ${chosen} must have value less than or equal to ${highest}`)
  return chosen
}

/** The two members of an answer: what does not fit the shorter one is 0 there. @source behaviour catalogue C.4 */
export function showAsn(asn: number): { readonly asn: number; readonly asnLong: number } {
  return { asn: asn <= highestAsn ? asn : 0, asnLong: asn }
}

/** The customer's routers are another network than ours. @source behaviour catalogue C.4 */
export function checkDifferentAsn(asn: number, amazonSideAsn: number): void {
  if (asn === amazonSideAsn) throw refuse(`BGP ASN ${asn} must differ from the ASN of the Amazon side`)
}

/** @source behaviour catalogue C.4 */
export function isPrivateAsn(asn: number): boolean {
  return (asn >= 64_512 && asn <= 65_534) || (asn >= 4_200_000_000 && asn <= 4_294_967_294)
}
