import { enums } from '../../contract/enums.ts'
import { createAccessKey } from '../../product/accounts/create-access-key.ts'
import { createAccount } from '../../product/accounts/create-account.ts'
import { deleteAccessKey } from '../../product/accounts/delete-access-key.ts'
import { listAccessKeys } from '../../product/accounts/list-access-keys.ts'
import { listAccounts, readAccount } from '../../product/accounts/list-accounts.ts'
import { setQuotas } from '../../product/accounts/set-quotas.ts'
import { type OperatorOperation, operation } from '../operation.ts'
import * as shapes from '../shapes.ts'

/** Accounts, their access keys and their quotas. */
export const accountOperations: readonly OperatorOperation[] = [
  operation({
    name: 'CreateAccount',
    method: 'POST',
    path: '/accounts',
    summary: 'Make an account with its first access key, whose secret is shown this once',
    body: {
      type: 'object',
      properties: {
        accountId: { ...shapes.accountId, description: 'Made up where it is absent' },
        name: shapes.name,
        kind: { type: 'string', enum: ['customer', 'partner'] },
        nniPartnerType: {
          type: 'string',
          enum: enums.NniPartnerType,
          description: "A partner's; v2 where it is absent",
        },
      },
      required: ['name', 'kind'],
    },
    status: 201,
    answer: shapes.newAccount,
    decide: createAccount,
  }),
  operation({
    name: 'ListAccounts',
    method: 'GET',
    path: '/accounts',
    summary: 'The accounts that somebody made or that own a quota or an agreement, oldest first',
    query: { type: 'object', properties: shapes.paging },
    answer: shapes.pageOf('accounts', shapes.account),
    decide: listAccounts,
  }),
  operation({
    name: 'GetAccount',
    method: 'GET',
    path: '/accounts/:accountId',
    summary: 'One account',
    answer: shapes.account,
    decide: readAccount,
  }),
  operation({
    name: 'CreateAccessKey',
    method: 'POST',
    path: '/accounts/:accountId/access-keys',
    summary: 'Make one more access key, whose secret is shown this once',
    status: 201,
    answer: shapes.newAccessKey,
    decide: createAccessKey,
  }),
  operation({
    name: 'ListAccessKeys',
    method: 'GET',
    path: '/accounts/:accountId/access-keys',
    summary: 'The access keys that were made for an account, without their secrets',
    query: { type: 'object', properties: shapes.paging },
    answer: shapes.pageOf('accessKeys', shapes.accessKey),
    decide: listAccessKeys,
  }),
  operation({
    name: 'DeleteAccessKey',
    method: 'DELETE',
    path: '/accounts/:accountId/access-keys/:keyId',
    summary: 'Forget an access key; nobody can sign with it from now on',
    decide: deleteAccessKey,
  }),
  operation({
    name: 'SetQuotas',
    method: 'PUT',
    path: '/accounts/:accountId/quotas',
    summary: 'Raise or lower quotas of one account; those that are not named stay, null takes one back to what AWS has',
    body: shapes.quotaOrder,
    answer: shapes.account,
    decide: setQuotas,
  }),
]
