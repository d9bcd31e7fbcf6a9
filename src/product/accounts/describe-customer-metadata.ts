import { answer, type Operation } from '../operation.ts'
import { accountOf } from './account.ts'
import { agreementNames, showAgreement } from './agreement.ts'

export const DescribeCustomerMetadata: Operation<'DescribeCustomerMetadata'> = async (snapshot) => {
  const account = await accountOf(snapshot, snapshot.caller.accountId)
  return answer({
    agreements: agreementNames.map((name) => showAgreement(name, account, snapshot.now)),
    nniPartnerType: account.nniPartnerType,
  })
}
