import { AssociateMacSecKeyCommand, DisassociateMacSecKeyCommand } from '@aws-sdk/client-direct-connect'
import type { Resource, SeenBy, Untagged } from '../../../tools/terraform.ts'
import { given, type Provider, taken } from '../../../tools/terraform-provider.ts'
import { findConnection } from './aws-dx-connection.ts'

interface KeyConfig extends Untagged {
  readonly connection_id: string
  readonly ckn?: string
  readonly cak?: string
  readonly secret_arn?: string
}

/** The id is both joined by the first underscore. */
function parts(id: string): { readonly secretARN: string; readonly connectionId: string } {
  const [secretARN = '', connectionId = ''] = id.split(/_(.*)/s)
  return { secretARN, connectionId }
}

async function readKey(provider: Provider, id: string) {
  const { secretARN, connectionId } = parts(id)
  const connection = await findConnection(provider, connectionId)
  const key = connection?.macSecKeys?.find((each) => each.secretARN === secretARN)
  if (key === undefined) return undefined
  return {
    ckn: key.ckn ?? '',
    connection_id: connectionId,
    secret_arn: key.secretARN ?? '',
    start_on: key.startOn ?? '',
    state: key.state ?? '',
  }
}

export const dxMacsecKeyAssociation: Resource<KeyConfig, SeenBy<typeof readKey>> = {
  type: 'aws_dx_macsec_key_association',
  defaults: {},
  async create({ directConnect }, { connection_id: connectionId, ckn, cak = '', secret_arn }) {
    const { macSecKeys = [] } = await directConnect.send(
      new AssociateMacSecKeyCommand({
        connectionId,
        ...(ckn === undefined ? {} : { ckn, cak }),
        ...given('secretARN', secret_arn),
      }),
    )
    return { id: `${taken(macSecKeys.at(-1)).secretARN}_${connectionId}` }
  },
  read: readKey,
  async delete({ directConnect }, id) {
    await directConnect.send(new DisassociateMacSecKeyCommand(parts(id)))
  },
  import: async (_provider, named) => ({ id: named }),
}
