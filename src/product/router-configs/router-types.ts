import { quote } from '../../contract/quote.ts'
import { type RouterAlias, type RouterTypeFacts, routerTypes } from '../../contract/router-types.ts'
import { refuse } from '../fault.ts'

/**
 * The type that a request names. The API's model lets it be left out; the service does not.
 * @source behaviour catalogue A.1 DescribeRouterConfiguration, I.9
 */
export function namedRouterType(identifier: string | undefined): RouterTypeFacts & { readonly alias: RouterAlias } {
  if (identifier === undefined || identifier === '') throw refuse('Field routerTypeIdentifier is required')
  const facts = routerTypes.find((type) => type.routerTypeIdentifier === identifier)
  if (facts !== undefined) return facts
  const known = routerTypes.map((type) => type.routerTypeIdentifier).join(', ')
  throw refuse(`Invalid value ${quote(identifier)} for routerTypeIdentifier: it must be one of ${known}`)
}
