import { isOperationName, operations } from '../../contract/operations.ts'
import type { OperationName } from '../../contract/types.ts'

/**
 * A name of the API as the AWS CLI writes it: `CreateBGPPeer` is `create-bgp-peer`, `requestMACSec` is `request-mac-sec`.
 *
 * @source botocore, `xform_name`
 */
export const dashed = (name: string): string =>
  name
    .replace(/[A-Z]{2,}s$/, (plural) => `-${plural.toLowerCase()}`)
    .replaceAll(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()

/** Every operation by the name of its command, in the order of the alphabet. */
export const commandNames: ReadonlyMap<string, OperationName> = new Map(
  Object.keys(operations)
    .filter(isOperationName)
    .map((name) => [dashed(name), name] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1)),
)
